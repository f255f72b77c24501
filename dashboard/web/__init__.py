"""The web application: factory, guard at the door, sign-in, the frame around every page."""
