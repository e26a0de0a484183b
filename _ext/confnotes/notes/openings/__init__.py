"""Stage 4: what stands right below a heading: fields, speakers, the title of a named heading."""
