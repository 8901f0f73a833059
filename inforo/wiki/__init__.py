"""Wiki: pages a group writes together, with history, links and one level below."""
