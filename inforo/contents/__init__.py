"""What is in a file: its text, and a picture of its first page. The worker makes both.

Any slice with files can have them: `jobs.process_file.later(key=stored.key)` when a file is
attached, and its column in `queries.WANTED`, so that the sweep finds what was lost. Who may
see a preview is decided like for the file itself, by a view of that slice. Three programs
do the work in processes of their own with limits: `read_text`, `draw_page`,
`convert_office`; `making` calls them.
"""
