SELECT COUNT(*) AS companies, SUM(t.vat_paid) AS vat, AVG(t.taxable_income) AS income
FROM bank.credit c JOIN tax.filings t ON c.uscc = t.uscc
WHERE c.overdue_days > 90;
