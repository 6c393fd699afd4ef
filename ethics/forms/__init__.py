"""Forms of the office, one module a stage. Rules live in the domain; a form only shapes what was typed."""
