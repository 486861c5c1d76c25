"""The item pipelines, one module per ``ITEM_PIPELINES`` entry."""
