"""The app: screens over what the other rooms know."""
