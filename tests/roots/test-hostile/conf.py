project = "Hostile notes"
copyright = "nobody"
version = "1"
extensions = ["confnotes"]
primary_domain = "conf"
html_theme = "furo"
