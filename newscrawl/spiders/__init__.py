"""The spiders: ``news`` crawls what it is given, ``sample`` the bundled newsroom."""
