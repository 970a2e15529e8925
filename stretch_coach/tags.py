"""The tags that put routines into groups, and the titles of the groups."""

GROUP_TITLES = {
    "gentle": "Easy on the neck",
    "strength": "Strength",
    "evening": "To wind down",
    "quick": "Short breaks",
    "away": "Away from the desk",
}
"""The title of the group of each tag. The first tag that a routine has decides."""
