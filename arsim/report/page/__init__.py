"""The report on a decision: one page of HTML and a workbook, made of a comparison that was kept and of a study of robustness."""
