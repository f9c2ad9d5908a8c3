"""Items of the `search` table: which tickets contain a word."""

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
    """One ticket, of a team and a month, contains a word.

    Under `term` "<team> <word> <month>", `item` is the ticket's id and a space, wherever in the ticket the word is.
    Under "<team> <first three characters>* <month>", the word follows the space. Sorted by `item`, postings are in the
    order in which the tickets were filed. Each team has its own, so that neither what an agent's search reads nor where
    its pages end reveals anything about other teams' tickets.
    """

    class Meta(SearchItem.Meta):
        pass


class Months(SearchItem):
    """The months in which a team's tickets were filed: `term` "#months", `item` the team."""

    class Meta(SearchItem.Meta):
        pass

    months = UnicodeSetAttribute(default=set)
