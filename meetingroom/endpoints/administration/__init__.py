"""The administrator's pages: the installation, its accounts, names, rules and figures."""
