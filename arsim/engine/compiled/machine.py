"""How compiled functions reach the tables of a run: through one record that holds their addresses.

Handing forty arrays from function to function makes numba write, and LLVM chew, hundreds of moves for every call; one pointer costs
nothing. ``S.invoices`` and the like are read as if they were arrays: each is one, made on the spot from address and shape.
"""

from functools import cache

import numpy as np
from llvmlite import ir
from numba import carray, njit, types
from numba.core import cgutils
from numba.extending import intrinsic, overload_attribute

from arsim.engine.compiled.layout import TABLES

AXES = "xyz"
LINE = 64  # bytes the memory delivers at a time
AHEAD = 8  # so many steps before it is needed, what lies anywhere is asked for
_inner = njit(error_model="numpy", no_cpython_wrapper=True, no_cfunc_wrapper=True)  # called by compiled code only; no divisor is ever 0


def compiled(function):
    """A function of the kernel. Numba would compile it anew for every constant and width of number it is called with; here one will do."""
    made = _inner(function)
    resolve = made.get_call_template
    made.get_call_template = lambda args, kws: resolve([_plain(types.unliteral(arg)) for arg in args], kws)
    return made


def _plain(kind):
    return types.int64 if isinstance(kind, types.Integer) and kind.bitwidth < 64 else kind


@intrinsic
def _pointer(typing, address):
    def lower(context, builder, signature, values):
        return builder.inttoptr(values[0], cgutils.voidptr_t)

    return types.voidptr(types.int64), lower


@intrinsic
def fetch(typing, one):
    """Ask the memory for a record that will soon be needed; nothing waits for it."""

    def lower(context, builder, signature, values):
        word = cgutils.int32_t
        kind = ir.FunctionType(ir.VoidType(), [cgutils.voidptr_t, word, word, word])
        ask = cgutils.get_or_insert_function(builder.module, kind, "llvm.prefetch.p0")
        start = builder.bitcast(values[0], cgutils.voidptr_t)
        for line in range(0, one.size, LINE):
            to_read, keep, data = word(0), word(3), word(1)
            builder.call(ask, [builder.gep(start, [word(line)]), to_read, keep, data])
        return context.get_dummy_value()

    return types.void(one), lower


def _table(name, kind, axes):
    shape = ", ".join(f"S.{name}_{axis}" for axis in AXES[:axes])
    source = f"lambda S: carray(_pointer(S.{name}_at), ({shape},), kind)"
    answer = eval(source, {"carray": carray, "_pointer": _pointer, "kind": kind})  # numba needs the names of the fields in the source

    @overload_attribute(types.Record, name)
    def reach(S):
        return answer if f"{name}_at" in S.fields else None


for _name, (_kind, _axes) in TABLES.items():
    _table(_name, _kind, _axes)


def record(values: dict, tables: dict[str, np.ndarray]) -> np.ndarray:
    """One record of `values` and of where `tables` lie; shape (1,). Its layout is the same in every run.

    The tables must be kept as long as the record is used.
    """
    values = dict(values)
    for name, (kind, axes) in TABLES.items():
        table = tables[name]
        if table.dtype != kind or table.ndim != axes or not table.flags.c_contiguous:
            raise TypeError(f"{name}: {table.dtype}, {table.ndim} axes")
        values[f"{name}_at"] = table.ctypes.data
        values |= {f"{name}_{axis}": length for axis, length in zip(AXES, table.shape, strict=False)}
    return np.array([tuple(values.values())], _layout(tuple((name, type(value)) for name, value in values.items())))


@cache
def _layout(fields: tuple) -> np.dtype:
    kinds = {bool: "?", int: "i8", float: "f8"}
    four = {"by_grade": "f8", "longest": "i8"}  # by grade A … D
    return np.dtype([(name, four[name], 4) if name in four else (name, kinds[kind]) for name, kind in fields], align=True)
