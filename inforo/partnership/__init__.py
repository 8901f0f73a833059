"""Partnership: the profiles (Visitenkarten) of municipalities, directory, Land pages."""
