"""The compiled engine: the rules of `arsim.model` and `arsim.domain`, run by numba on arrays."""
