"""The rules of this room and what they mean."""

OTHER_COLUMN = "phone-other-column"
FAX = "phone-fax"
NOT_THEIRS = "phone-not-theirs"
AREA = "phone-area"
AREA_JOINED = "phone-area-joined"
RULES = {
    OTHER_COLUMN: (
        "The preferred phone of the row is blank, cannot be sent, or is a landline; another of its phones was taken."
    ),
    AREA: (
        "The area code of another column and the number are not for certain one number in this country: write the "
        "whole number in one cell."
    ),
    AREA_JOINED: "The area code of another column was put before the number.",
    FAX: "Every number of the row is labelled as a fax or a pager: add the person's own.",
    NOT_THEIRS: "Every number of the row is labelled as a fax, a pager or somebody else's: add the person's own.",
}
"""Rule → what a person reads of it."""
