"""The reader of notes: any bytes in, a :class:`confnotes.model.Note` out."""
