/* What the options of figures do to struct cli: sizes in print. */
#include "base/err.h"
#include "cli/cli.h"
#include "ladder/ladder_marks.h"

#include <stdlib.h>
#include <string.h>

/* Points, 1/72 inch. */
static const struct {
	const char *name;
	double points;
} units[] = {
	{ "pt", 1 },
	{ "mm", 72 / 25.4 },
	{ "cm", 72 / 2.54 },
	{ "in", 72 },
};

#define SIZE_LEAST 36
#define SIZE_MOST  14400

/* Sizes of ISO 216 and ANSI, upright. */
static const struct {
	const char *name;
	double width, height;
} papers[] = {
	{ "a3", 841.89, 1190.55 },
	{ "a4", 595.28, 841.89 },
	{ "a5", 419.53, 595.28 },
	{ "letter", 612, 792 },
	{ "legal", 612, 1008 },
};

int
cli_set_size(struct cli *c, const char *value, struct diag *d)
{
	char *end;
	double n = strtod(value, &end);

	for (size_t i = 0; i < sizeof(units) / sizeof(units[0]); i++)
		if (end != value && strcmp(end, units[i].name) == 0 &&
		    n * units[i].points >= SIZE_LEAST &&
		    n * units[i].points <= SIZE_MOST) {
			c->print_width = n * units[i].points;
			return 0;
		}
	return diag_set(d, ERR_SYNTAX, NULL, 0,
	    _("--size: “%s” is no width from %dpt to %dpt, such as 120mm, "
	      "12cm or 5in"),
	    value, SIZE_LEAST, SIZE_MOST);
}

/* "a4", upright, or "a4-landscape"; "none". */
int
cli_set_paper(struct cli *c, const char *value, struct diag *d)
{
	struct str way, name = str_cut(str_of(value), '-', &way);
	bool across = str_is(way, "landscape");

	c->one_page = strcmp(value, "none") == 0;
	if (c->one_page) {
		c->paper_width = c->paper_height = 0;
		return 0;
	}
	for (size_t i = 0; i < sizeof(papers) / sizeof(papers[0]); i++) {
		if (!str_is(name, papers[i].name))
			continue;
		if (!across && name.n < strlen(value))
			break;
		c->paper_width = across ? papers[i].height : papers[i].width;
		c->paper_height = across ? papers[i].width : papers[i].height;
		return 0;
	}
	diag_set(d, ERR_SYNTAX, NULL, 0,
	    _("--paper: “%s” is not one of a3, a4, a5, letter, legal, or one "
	      "of them with -landscape, nor none"),
	    value);
	return diag_near(
	    d, ERR_SYNTAX, str_of(value), "a4, a3, a5, letter, legal, none");
}

static int
read_number(const char *option, const char *value, uint64_t least,
    uint64_t most, uint64_t *n, struct diag *d)
{
	if (str_u64(str_of(value), n) == 0 && *n >= least && *n <= most)
		return 0;
	return diag_set(d, ERR_SYNTAX, NULL, 0,
	    _("--%s: “%s” is no whole number from %llu to %llu"), option, value,
	    (unsigned long long)least, (unsigned long long)most);
}

int
cli_set_page(struct cli *c, const char *value, struct diag *d)
{
	uint64_t n;
	int err = read_number("page", value, 1, 100000, &n, d);

	if (err == 0)
		c->page = (size_t)n;
	return err;
}

int
cli_set_dpi(struct cli *c, const char *value, struct diag *d)
{
	uint64_t n;
	int err = read_number("dpi", value, 36, 1200, &n, d);

	if (err == 0)
		c->dpi = (double)n;
	return err;
}

int
cli_add_mark(struct cli *c, const char *value, struct diag *d)
{
	for (unsigned k = 0; k < LADDER_MARK_COUNT; k++)
		if (strcmp(value, ladder_mark_word(k)) == 0) {
			c->marks |= 1u << k;
			return 0;
		}
	diag_set(d, ERR_SYNTAX, NULL, 0,
	    _("--mark: “%s” is not transaction, dialog or phase"), value);
	return diag_near(
	    d, ERR_SYNTAX, str_of(value), "transaction, dialog, phase");
}
