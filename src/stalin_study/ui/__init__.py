"""Pages, widgets and dialogs: they show states and send wishes, and decide nothing."""
