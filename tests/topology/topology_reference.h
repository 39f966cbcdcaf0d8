/* The reference of roles and attributes in docs/TOPOLOGY.md, as Markdown,
 * written from their tables. */
#ifndef TESTS_TOPOLOGY_REFERENCE_H
#define TESTS_TOPOLOGY_REFERENCE_H

#include "topology/topology_table.h"
#include "role/rows.h"

#include <string.h>

static void
write_topology_roles(struct buf *out)
{
	buf_printf(out, "### %s\n\n| %s | %s |\n|---|---|\n", "Roles", "Role",
	    "What it is");
	for (size_t i = 0; i < ROLE_COUNT; i++)
		buf_printf(out, "| `%s` | %s |\n", role_rows[i].word,
		    _(role_rows[i].sentence));
}

/* What its value looks like. */
static void
write_topology_form(const struct topology_attr_row *row, struct buf *out)
{
	uint64_t least, greatest;
	struct str rest = str_of(row->arg);

	switch (row->type) {
	case TOPOLOGY_TYPE_INTEGER:
		topology_attr_range(row, &least, &greatest);
		buf_printf(out, "a whole number from %llu to %llu",
		    (unsigned long long)least, (unsigned long long)greatest);
		break;
	case TOPOLOGY_TYPE_WORD:
		while (rest.n > 0) {
			struct str word = str_cut(rest, ' ', &rest);

			buf_printf(out, "`%.*s`%s", STR_ARG(word),
			    rest.n > 0 ? ", " : "");
		}
		break;
	default:
		buf_puts(out, topology_type_text(row->type));
		break;
	}
}

/* The roles it belongs to, where it does not go with any. */
static void
write_topology_fitting(const struct topology_attr_row *row, struct buf *out)
{
	bool first = true;

	if (row->roles == 0) {
		buf_puts(out, "any");
		return;
	}
	for (size_t i = 0; i < ROLE_COUNT; i++) {
		if ((row->roles & role_rows[i].is) == 0)
			continue;
		buf_printf(out, "%s`%s`", first ? "" : ", ", role_rows[i].word);
		first = false;
	}
}

static void
write_topology_row(
    const struct topology_attr_row *row, bool with_roles, struct buf *out)
{
	buf_printf(out, "| `%s` | ", row->name);
	write_topology_form(row, out);
	if (row->dflt[0] != '\0')
		buf_printf(out, " | `%s` | ", row->dflt);
	else
		buf_puts(out, " | | ");
	if (with_roles) {
		write_topology_fitting(row, out);
		buf_puts(out, " | ");
	}
	for (struct str rest = str_of(_(row->text)); rest.n > 0;) {
		buf_str(out, str_cut(rest, '|', &rest));
		buf_puts(out, rest.n > 0 ? "\\|" : "");
	}
	if ((row->owners & EXPERIMENTAL) != 0)
		buf_puts(out, " (experimental)");
	if (row->now != NULL && row->now[0] == '\0')
		buf_printf(out, " (%s)", "not available in this version");
	else if (row->now != NULL)
		buf_printf(out, " (in this version only `%s`)", row->now);
	buf_puts(out, " |\n");
}

static void
write_topology_attrs(
    enum topology_owner owner, const char *title, struct buf *out)
{
	bool with_roles = owner == TOPOLOGY_NODE;

	buf_printf(out, "\n### %s\n\n| %s | %s | %s | ", title, "Attribute",
	    "Value", "Default");
	if (with_roles)
		buf_printf(out, "%s | ", "Roles");
	buf_printf(out, "%s |\n|---|---|---|%s---|\n", "What it does",
	    with_roles ? "---|" : "");
	for (size_t i = 0; i < TOPOLOGY_NATTRS; i++)
		if ((topology_attr_rows[i].owners & owner) != 0)
			write_topology_row(
			    &topology_attr_rows[i], with_roles, out);
}

static void
write_topology_reference(struct buf *out)
{
	write_topology_roles(out);
	write_topology_attrs(TOPOLOGY_NODE, "Attributes of nodes", out);
	write_topology_attrs(TOPOLOGY_EDGE, "Attributes of links", out);
	write_topology_attrs(TOPOLOGY_CLUSTER, "Attributes of clusters", out);
	write_topology_attrs(TOPOLOGY_GRAPH, "Attributes of the graph", out);
}

#endif
