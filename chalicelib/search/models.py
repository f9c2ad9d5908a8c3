"""Items of the `search` table: which tickets have a word."""

from pynamodb.attributes import UnicodeAttribute, UnicodeSetAttribute

from chalicelib.dynamo import Item
from chalicelib.settings import settings


class SearchItem(Item):
    """Anything in the `search` table."""

    class Meta:
        table_name = settings.search_table

    term = UnicodeAttribute(hash_key=True)
    item = UnicodeAttribute(range_key=True)


class Posting(SearchItem):
    """A ticket of a team and a month has a word.

    Under `term` "<team> <word> <month>" `item` is the ticket's id and a space, wherever in the ticket the word stands.
    Under "<team> <first three characters>* <month>" the word follows. Sorted by `item` they come in the order in which
    the tickets were filed. A team's stand apart, so that what an agent's search reads, and where its pages end, tells
    nothing of other teams' tickets.
    """

    class Meta(SearchItem.Meta):
        pass


class Months(SearchItem):
    """The months in which a team's tickets were filed: `term` "#months", `item` the team."""

    class Meta(SearchItem.Meta):
        pass

    months = UnicodeSetAttribute(default=set)
