"""Names that vulture does not see used: `make lint` reads this file, and nothing runs it.

Whatever else it names is called by nobody: it leaves, or comes here with its reason.
"""

# pydantic reads the configuration of a model, its validators and its fields by their names
_.model_config
_._list_as_text
_._one_or_many
_._readable
_.participants_environ
_.format_animation
_.anime_par
_.pour_en_savoir_plus
_.colonne_contexte
_.colonne_table
_.colonne_voix
_.colonne_votes
_.colonne_votes_contre
_.colonne_groupe
_.colonne_date
_.groupe
_.voix

# dataclasses whose fields are read by `asdict`, `vars` or `fields`: features of objects, measures, tables of a stage
_.n_channels
_.error_bound
_.share_to_reread
_.privacy_report

# members of an enumeration that an array holds by their numbers
_.AFTER

# templates and scripts of pages read them
_.pack
_.so_far
_.when_where
_.in_state
_.is_changed
_.axis_name

# results that tests look at, and people who read what was made
_.table_names

# other libraries call or read them: click, gettext, bertopic, pickle, onnxruntime, spaCy, zipfile, xlsxwriter, torch
_.list_commands
_.epilog
_.ngettext
_.translation
_.find_class
_.intra_op_num_threads
_.log_severity_level
_.lang
_.compress_type
_.external_attr
_._write_rows
_.forward
_.padding_idx

# Python calls them when a name of the package is first asked for
_.__getattr__
_.__dir__

# the command of a process apart names it
_.close_network
