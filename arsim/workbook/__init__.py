"""JupyterLab side: the live lab, the launcher, the twins rule. The only floor that knows widgets."""
