"""Stands in for a module of Qt for Python's own, which loads all that knows its signatures.

They are wanted when a call is wrong, to say in what way, and for help on a function. This one loads
them then, not at each start, which saves 25 ms and 7 MB. Its names are those that the library asks
for. `__feature__` imports do nothing: there are none in the program.
"""

from __future__ import annotations

from typing import Any

import signature_bootstrap
from shibokensupport import signature

signature.get_signature = signature_bootstrap.get_signature
signature.make_snake_case_name = signature_bootstrap.make_snake_case_name


def pyside_type_init(type_key: str, sig_strings: Any) -> Any:
    """Parse the signatures of a type."""
    from shibokensupport.signature import parser

    return parser.pyside_type_init(type_key, sig_strings)


def create_signature(props: Any, key: Any) -> Any:
    """Make a signature to look at."""
    from shibokensupport.signature import layout

    return layout.create_signature(props, key)


def seterror_argument(args: Any, func_name: str, info: Any) -> Any:
    """Say what is wrong with the arguments of a call."""
    from shibokensupport.signature import errorhandler

    return errorhandler.seterror_argument(args, func_name, info)


def make_helptext(func: Any) -> Any:
    """Say how a function is called."""
    from shibokensupport.signature import errorhandler

    return errorhandler.make_helptext(func)


def finish_import(module: Any) -> None:
    """A module of Qt has been loaded."""


def feature_import(*args: Any, **kwargs: Any) -> None:
    """A module is about to be loaded."""


def feature_imported(module: Any) -> None:
    """A module has been loaded."""


def post_init() -> None:
    """All is set up."""
