project = "Pipeline notes"
copyright = "the people who typed them"
version = "1"
extensions = ["confnotes"]
primary_domain = "conf"
html_theme = "furo"
smartquotes = False
html_use_index = False
