"""A pipeline of the project's own."""

from itemadapter import ItemAdapter


class UppercaseDeskPipeline:
    """Writes the desk in capitals."""

    def process_item(self, item):
        adapter = ItemAdapter(item)
        if adapter.get("desk"):
            adapter["desk"] = adapter["desk"].upper()
        return item
