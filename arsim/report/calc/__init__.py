"""The analytic tools as short explained answers: the figure, the formula with the numbers put in, and what not to conclude."""
