"""A value that is made when it is first asked for."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Generic, TypeVar, overload

T = TypeVar("T")


class lazily(Generic[T]):
    """Like `functools.cached_property`, which in Python 3.11 lets all threads wait for one.

    Two threads that ask at once may both make it; the values are equal.
    """

    def __init__(self, make: Callable[[Any], T]) -> None:
        self._make = make
        self.__doc__ = make.__doc__

    def __set_name__(self, owner: type, name: str) -> None:
        self._name = name

    @overload
    def __get__(self, instance: None, owner: type | None = None) -> lazily[T]: ...

    @overload
    def __get__(self, instance: object, owner: type | None = None) -> T: ...

    def __get__(self, instance: object | None, owner: type | None = None) -> lazily[T] | T:
        """The value; later it is found in the instance itself."""
        if instance is None:
            return self
        value = instance.__dict__[self._name] = self._make(instance)
        return value
