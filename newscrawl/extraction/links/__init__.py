"""The links of a page: related stories, and further pages of the same one."""
