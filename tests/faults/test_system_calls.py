"""What strace writes is read right, so that nothing is overlooked."""

from pathlib import Path, PurePosixPath

import pytest

from faults.system_calls import Call, calls_in, looked_through, paths_in

FOLDER = Path("/run-of-it")
PLACES = {FOLDER / "home/data": "data"}


def watched(*lines):
    return looked_through(list(lines), FOLDER, PLACES)


def test_a_call_that_another_came_in_between_of_is_put_together():
    trace = [
        '7 openat(AT_FDCWD</a>, "x", O_WRONLY|O_CREAT, 0666 <unfinished ...>',
        '8 unlink("/b") = 0',
        "7 <... openat resumed>)  = 5</a/x>",
        "8 +++ exited with 0 +++",
        "7 connect(3<socket:[1]>, {sa_family=AF_UNIX}, 4) = ?",
    ]
    assert list(calls_in(trace)) == [
        Call("8", "unlink", '"/b"', 0),
        Call("7", "openat", 'AT_FDCWD</a>, "x", O_WRONLY|O_CREAT, 0666', 5),
    ]


@pytest.mark.parametrize(
    ("arguments", "paths"),
    [
        ('AT_FDCWD</a>, "x", O_RDWR', ["/a/x"]),
        ('4</a/b>, "x", 5</c>, "/d/y"', ["/a/b/x", "/d/y"]),
        ('"x \\"quoted\\"", 0666', ['x \\"quoted\\"']),
        ('AT_FDCWD</a>, "", AT_EMPTY_PATH', []),
    ],
)
def test_paths_start_from_the_folder_that_is_named(arguments, paths):
    assert paths_in(arguments) == [PurePosixPath(path) for path in paths]


def test_what_is_read_or_fails_is_no_change():
    seen = watched(
        '7 openat(AT_FDCWD</a>, "/etc/passwd", O_RDONLY|O_CLOEXEC) = 3</etc/passwd>',
        '7 unlink("/etc/passwd") = -1 EACCES (Permission denied)',
    )
    assert (seen.calls, dict(seen.files), seen.faults) == (2, {}, [])


@pytest.mark.parametrize(
    "line",
    [
        '7 openat(AT_FDCWD</etc>, "x", O_WRONLY|O_CREAT, 0666) = 3</etc/x>',
        '7 rename("/run-of-it/home/data/a", "/etc/a") = 0',
        '7 unlinkat(4</etc>, "a", 0) = 0',
        '7 mkdir("/run-of-it/home/data-of-another", 0777) = 0',
        '7 unlink("a") = 0',
        "7 socket(AF_INET, SOCK_STREAM|SOCK_CLOEXEC, IPPROTO_IP) = 9",
        "7 socket(AF_INET6, SOCK_DGRAM, IPPROTO_IP) = -1 EAFNOSUPPORT (Not supported)",
        "7 connect(9<socket:[1]>, {sa_family=AF_INET, sin_port=htons(443)}, 16) = -1 EINPROGRESS",
    ],
)
def test_what_it_must_not_do_is_a_fault(line):
    assert len(watched(line).faults) == 1


def test_what_it_may_do_is_counted():
    seen = watched(
        '7 openat(AT_FDCWD</run-of-it>, "home/data/x", O_RDWR|O_CREAT, 0666) = 3</x>',
        '8 mkdir("/run-of-it/home", 0777) = -1 EEXIST (File exists)',
        '8 mkdir("/run-of-it/home", 0777) = 0',
        '8 openat(AT_FDCWD</a>, "/dev/null", O_RDWR) = 3</dev/null>',
        "8 socket(AF_UNIX, SOCK_STREAM, 0) = 4<socket:[1]>",
        '8 connect(4<s>, {sa_family=AF_UNIX, sun_path=@"/run/.X11-unix/X1"}, 20) = 0',
        "8 bind(5<s>, {sa_family=AF_NETLINK, nl_pid=0}, 12) = 0",
        '8 connect(4<s>, {sa_family=AF_UNIX, sun_path="/run-of-it/odd"}, 20) = 0',
    )
    assert seen.faults == []
    assert seen.processes == 2
    places = {"data": 1, "folders above these": 1, "devices and shared memory": 1}
    assert dict(seen.files) == places
    assert dict(seen.sockets) == {
        "made: AF_UNIX": 1,
        "connect: the screen (X)": 1,
        "bind: AF_NETLINK": 1,
        "connect: /odd": 1,
    }
