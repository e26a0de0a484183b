"""Stage 3: a line parsed as a heading: title, speakers, track, kind."""
