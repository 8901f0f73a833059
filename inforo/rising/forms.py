"""The form that asks somebody by name."""

from inforo.forms import Form, line


class AskForm(Form):
    """Who is to be asked; the choice itself comes from the picker."""

    person = line("")
