/* A suggestion that failed when it was tried was printed.  Near misses of each
 * attribute and each word of a filter are read here: a slip of the fingers, a
 * wrong value, unit, sign or place (near_miss.h). */
#include "near_miss.h"
#include "role/rows.h"
#include "text/utf8.h"
#include "topology/topology.h"
#include "topology/topology_table.h"
#include "words/record_filter.h"

/* ---- attributes ---- */

static const char *const values[] = { "2s", "90s", "true", "1%", "0.5", "5",
	"1", "64kbit", "203MHz", "64MB", "1.5", "192.0.2.1",
	"sip:bob@example.com", "b.example", "bob", "p", "d", "h", "s", "m", "g",
	"w", "t", "y", "r", "08:00-12:00", "Subject", "00=+", "timer", "a.wav",
	"Bob=sip:bob@a.example", "interval=60", "2125550101", "2125550101:17",
	"212:w", "+1:t", "10 60", "a.example=192.0.2.66", "(8xxx)",
	"presence:bob", "id", "foo", "urn:x:1", "bob:x@a.example",
	"name=a.example", "inside=10.0.0.1 outside=192.0.2.7", "w:1-30",
	("impi=b@a.example k=00000000000000000000000000000000 "
	 "opc=00000000000000000000000000000000 sqn=000000000000"),
	"2026-03-02T08:00:00Z", "A1=8001", "proxy=bob", "p registrar",
	"outside=5060", "1000", "100" };

/* Where an attribute is written. */
struct place {
	enum topology_owner owner;
	const char *role;    /* of the node x */
	const char *more;    /* attributes that this role needs */
	const char *setting; /* in its place, by --set; NULL: none */
};

static const struct {
	const char *role, *more;
} needs[] = {
	{ "registrar", ", location=x" },
	{ "nat", ", faces=\"inside=10.0.0.1 outside=192.0.2.7\"" },
};

/* Reads a topology with TEXT, "name=\"value\"", at P; the sentence to OUT. */
static int
read_at(const struct place *p, const char *text, struct buf *out)
{
	static const char others[] =
	    "p [role=\"proxy registrar location\", domain=\"p.example\"]\n"
	    "d [role=dns] h [role=hss] s [role=stun] m [role=mg]\n"
	    "g [role=mgc] w [role=switch] t [role=gateway] r [role=presence]\n"
	    "y [role=ua] z\n";
	struct topology_setting setting = { .text = p->setting };
	struct diag d = DIAG_INIT;
	struct topology *t;
	LOCAL_BUF b = BUF_INIT;
	int err;

	buf_printf(&b, "graph {\n%s%s\n%ssubgraph cluster_c { %s\ny }\n",
	    p->owner == TOPOLOGY_GRAPH ? text : "",
	    p->owner == TOPOLOGY_GRAPH ? ";" : "", others,
	    p->owner == TOPOLOGY_CLUSTER ? text : "");
	buf_printf(&b, "x [role=\"%s\"%s", p->role != NULL ? p->role : "ua",
	    p->more != NULL ? p->more : "");
	buf_printf(&b, p->owner == TOPOLOGY_NODE ? ",\n%s]\n" : "]\n", text);
	buf_printf(
	    &b, "x -- z [%s]\n", p->owner == TOPOLOGY_EDGE ? text : "mtu=1500");
	buf_puts(&b, "y -- z; p -- z; d -- z; h -- z; s -- z; m -- z; g -- z;"
		     "w -- t; t -- z; r -- z }\n");
	err = topology_read(
	    &t, buf_view(&b), "t.gv", &setting, p->setting != NULL ? 1 : 0, &d);
	buf_clear(out);
	if (err != 0)
		diag_write(&d, out);
	topology_drop(t);
	return err;
}

static int
read_value(
    const struct place *p, const char *name, const char *value, struct buf *out)
{
	char text[2 * ROOM];

	snprintf(text, sizeof(text), "%s=\"%s\"", name, value);
	if (p->setting == NULL)
		return read_at(p, text, out);
	snprintf(text, sizeof(text), "%s.%s=%s", p->setting, name, value);
	return read_at(
	    &(struct place){
		p->owner == TOPOLOGY_NODE ? TOPOLOGY_GRAPH : p->owner, p->role,
		p->more, text },
	    "seed=1", out);
}

static bool
reads_value(const struct place *p, const char *name, const char *value)
{
	LOCAL_BUF out = BUF_INIT;

	return read_value(p, name, value, &out) == 0;
}

/* A place and a value for ROW that are right. */
static const char *
find_right(const struct topology_attr_row *row, struct place *p)
{
	static char word[ROOM];
	struct str rest = str_of(row->arg), one;

	*p =
	    (struct place){ .owner = row->owners & TOPOLOGY_NODE ? TOPOLOGY_NODE
				     : row->owners & TOPOLOGY_EDGE
					 ? TOPOLOGY_EDGE
					 : TOPOLOGY_GRAPH };
	if (row->type == TOPOLOGY_TYPE_ROLES)
		return NULL;
	for (size_t r = 0; r < ROLE_COUNT; r++) {
		if (row->roles != 0 && (row->roles & role_rows[r].is) == 0)
			continue;
		p->role = role_rows[r].word;
		p->more = NULL;
		for (size_t i = 0; i < COUNT_OF(needs); i++)
			if (strcmp(needs[i].role, p->role) == 0)
				p->more = needs[i].more;
		rest = str_of(row->arg);
		while (row->type != TOPOLOGY_TYPE_INTEGER && rest.n > 0) {
			one = str_cut(rest, ' ', &rest);
			snprintf(word, sizeof(word), "%.*s", STR_ARG(one));
			if (one.n > 0 && reads_value(p, row->name, word))
				return word;
		}
		for (size_t i = 0; i < COUNT_OF(values); i++)
			if (reads_value(p, row->name, values[i]))
				return values[i];
		if (row->roles == 0)
			break;
	}
	return NULL;
}

/* The same, or a node that VALUE names is missing alone. */
static bool
reads_form(const struct place *p, const char *name, const char *value)
{
	LOCAL_BUF out = BUF_INIT;

	return read_value(p, name, value, &out) == 0 ||
	       strstr(buf_cstr(&out), "there is no such node") != NULL;
}

/* What SAID has as forms of NAME: each example in quotes and each of the words
 * must read; HELPED if there is one, or another word that reads. */
static enum verdict
try_forms(const struct place *p, const char *name, const char *said)
{
	const char *at = strstr(said, "expected"), *list;
	char form[ROOM];
	size_t n = 0;

	if (at == NULL)
		at = strstr(said, "there are");
	if (at == NULL) /* "seconds are written 5s" */
		at = strstr(said, "”: ");
	if (at == NULL)
		return NO_HELP;
	for (list = at; find_between(&list, "\"", "\"", form); n++)
		if (strstr(form, "…") == NULL && !reads_form(p, name, form))
			return n > 0 && strstr(at, ", at a ") != NULL ? HELPED
								      : ASTRAY;
	for (; n == 0 && *at != '\0'; at += *at != '\0') {
		size_t k = strcspn(at, " ,:;");

		snprintf(form, sizeof(form), "%.*s", (int)k, at);
		if (k > 0 && strcmp(form, "expected") != 0 &&
		    reads_value(p, name, form))
			return HELPED;
		at += k;
	}
	return n > 0 ? HELPED : NO_HELP;
}

/* NAME, which was misspelt, with VALUE: SAID has it, and what it suggests
 * reads; of an unfit VALUE it has a form, too. */
static enum verdict
judge_slip(const struct place *p, const char *name, const char *value,
    const char *said, bool fit)
{
	char meant[ROOM], of[ROOM];
	enum verdict v = HELPED;
	const char *at = said;

	if (find_meant(said, meant) && !reads_value(p, meant, value))
		return ASTRAY;
	if (!fit)
		v = try_forms(
		    p, find_between(&at, "”; ", " is “", of) ? of : name, said);
	return v == HELPED && !says_word(said, name) ? NO_HELP : v;
}

static void
miss_attribute(const struct place *p, const char *wrong, const char *name,
    const char *value, bool fit)
{
	LOCAL_BUF said = BUF_INIT;
	char typed[2 * ROOM];

	if (read_value(p, wrong, value, &said) == 0)
		return;
	snprintf(typed, sizeof(typed), "%s=%s", wrong, value);
	count(strcmp(wrong, name) == 0
		  ? try_forms(p, name, buf_cstr(&said))
		  : judge_slip(p, name, value, buf_cstr(&said), fit),
	    typed, buf_cstr(&said));
}

static void
attributes(void)
{
	begin("attributes");
	for (size_t i = 0; i < TOPOLOGY_NATTRS; i++) {
		const struct topology_attr_row *row = &topology_attr_rows[i];
		struct place p;
		const char *value = find_right(row, &p);
		char wrong[ROOM];
		size_t last = 0;

		if (value == NULL) {
			printf("  no right value of %s\n", row->name);
			continue;
		}
		for (size_t k = 0; k < COUNT_OF(near_unfit); k++)
			if (!reads_value(&p, row->name, near_unfit[k])) {
				miss_attribute(&p, row->name, row->name,
				    near_unfit[k], false);
				last = k;
			}
		for (size_t k = 0; k < SLIPS; k++) {
			if (!slip(row->name, k, wrong))
				continue;
			miss_attribute(&p, wrong, row->name, value, true);
			if (!reads_value(&p, row->name, near_unfit[last]))
				miss_attribute(&p, wrong, row->name,
				    near_unfit[last], false);
		}
	}
	finish(94);
}

/* An attribute of another kind of thing: the sentence says of which, and there
 * it reads. */
static void
places(void)
{
	static const struct {
		enum topology_owner owner;
		const char *word;
	} owners[] = {
		{ TOPOLOGY_GRAPH, "graph" },
		{ TOPOLOGY_CLUSTER, "clusters" },
		{ TOPOLOGY_NODE, "nodes" },
		{ TOPOLOGY_EDGE, "links" },
	};

	begin("places of attributes");
	for (size_t i = 0; i < TOPOLOGY_NATTRS; i++) {
		const struct topology_attr_row *row = &topology_attr_rows[i];
		struct place p;
		const char *value = find_right(row, &p);

		for (size_t k = 0; value != NULL && k < 4; k++) {
			LOCAL_BUF said = BUF_INIT;
			struct place wrong = { .owner = owners[k].owner };
			enum verdict v = NO_HELP;
			char meant[ROOM];

			if ((row->owners & owners[k].owner) != 0 ||
			    read_value(&wrong, row->name, value, &said) == 0)
				continue;
			for (size_t o = 0; o < 4; o++)
				if ((row->owners & owners[o].owner) != 0 &&
				    says_word(buf_cstr(&said), owners[o].word))
					v = HELPED;
			if (strstr(buf_cstr(&said), "[ ]") != NULL &&
			    p.owner == TOPOLOGY_NODE)
				v = HELPED;
			if (find_meant(buf_cstr(&said), meant) &&
			    !reads_value(&wrong, meant, value))
				v = ASTRAY;
			count(v, row->name, buf_cstr(&said));
		}
	}
	finish(94);
}

/* ---- settings of the command line ---- */

/* Reads --set TYPED; a suggestion is one in its turn, or stands in SAID behind
 * the last colon. */
static void
miss_setting(const struct place *p, const char *typed, const char *right)
{
	struct place set = { TOPOLOGY_GRAPH, p->role, p->more, typed };
	LOCAL_BUF said = BUF_INIT, none = BUF_INIT;
	enum verdict v = NO_HELP;
	char meant[ROOM], again[2 * ROOM];
	const char *said_of, *dot = strchr(typed, '.');

	if (read_at(&set, "seed=1", &said) == 0)
		return;
	said_of = buf_cstr(&said);
	if (strstr(said_of, right) != NULL || says_word(said_of, right))
		v = HELPED;
	if (find_meant(said_of, meant)) {
		const char *value = strchr(typed, '=');

		snprintf(again, sizeof(again), "%s%.*s%s%s",
		    strchr(meant, '=') != NULL || dot == NULL ? "" : "",
		    strchr(meant, '=') != NULL || dot == NULL
			? 0
			: (int)(dot - typed + 1),
		    typed, meant,
		    strchr(meant, '=') != NULL || value == NULL ? "" : value);
		set.setting = again;
		if (read_at(&set, "seed=1", &none) != 0)
			v = ASTRAY;
	}
	count(v, typed, said_of);
}

static void
settings(void)
{
	begin("settings");
	for (size_t i = 0; i < TOPOLOGY_NATTRS; i++) {
		const struct topology_attr_row *row = &topology_attr_rows[i];
		struct place p;
		const char *value = find_right(row, &p), *on;
		char right[2 * ROOM], typed[2 * ROOM], wrong[ROOM];

		if (value == NULL)
			continue;
		on = p.owner == TOPOLOGY_NODE   ? "x"
		     : p.owner == TOPOLOGY_EDGE ? "x--z"
						: "graph";
		snprintf(
		    right, sizeof(right), "%s.%s=%s", on, row->name, value);
		snprintf(
		    typed, sizeof(typed), "%s.%s %s", on, row->name, value);
		miss_setting(&p, typed, right);
		snprintf(
		    typed, sizeof(typed), "%s.%s:%s", on, row->name, value);
		miss_setting(&p, typed, right);
		snprintf(typed, sizeof(typed), "%s.%s", on, row->name);
		snprintf(right, sizeof(right), "%s.%s=", on, row->name);
		miss_setting(&p, typed, right);
		for (size_t k = 0; k < SLIPS; k += 3)
			if (slip(row->name, k, wrong)) {
				snprintf(typed, sizeof(typed), "%s.%s=%s", on,
				    wrong, value);
				miss_setting(&p, typed, row->name);
			}
	}
	finish(94);
}

/* ---- filters ---- */

static const char *const filter_values[] = { "INVITE", "200", "send", "sip",
	"lcd", "rfc3261-17.1.1.2", "1s", "MUST", "alice" };

static bool
reads_filter(const char *text)
{
	struct record_filter f;

	return record_filter_parse(&f, text, NULL, NULL) == 0;
}

/* One of SAID's words behind ": " is a value of KEY. */
static bool
says_filter_form(const char *said, const char *key)
{
	for (said = strstr(said, ": "); said != NULL && *said != '\0';) {
		char text[2 * ROOM];
		size_t n = strcspn(said, " ,;:");

		snprintf(text, sizeof(text), "%s=%.*s", key, (int)n, said);
		if (n > 0 && reads_filter(text))
			return true;
		said += n + (said[n] != '\0');
	}
	return false;
}

/* RIGHT is right in TYPED, whose key is KEY, if that is not what is wrong. */
static void
miss_filter(const char *typed, const char *right, const char *key)
{
	struct record_filter f;
	struct diag d = DIAG_INIT;
	enum verdict v = NO_HELP;
	const char *value = strchr(typed, '=');
	char meant[ROOM], again[2 * ROOM];

	if (record_filter_parse(&f, typed, NULL, &d) == 0)
		return;
	if (says_word(d.text, right) ||
	    (key != NULL && says_filter_form(d.text, key)))
		v = HELPED;
	if (find_meant(d.text, meant)) {
		snprintf(again, sizeof(again), "%s%s", meant,
		    strchr(meant, '=') != NULL || value == NULL ? "" : value);
		if (!reads_filter(again)) /* it may be the value's */
			snprintf(again, sizeof(again), "%.*s=%s",
			    value != NULL ? (int)(value - typed) : 0, typed,
			    meant);
		if (!reads_filter(again))
			v = ASTRAY;
	}
	count(v, typed, d.text);
}

static void
filters(void)
{
	const char *key;

	begin("words of filters");
	for (size_t i = 0; (key = record_filter_key(i)) != NULL; i++) {
		char typed[2 * ROOM], right[2 * ROOM], wrong[ROOM];
		size_t k = 0;

		do
			snprintf(right, sizeof(right), "%s=%s", key,
			    filter_values[k]);
		while (!reads_filter(right) && ++k < COUNT_OF(filter_values));
		CU_ASSERT(k < COUNT_OF(filter_values));
		for (size_t s = 0; s < SLIPS; s++) {
			if (!slip(key, s, wrong))
				continue;
			snprintf(typed, sizeof(typed), "%s=%s", wrong,
			    filter_values[k]);
			miss_filter(typed, key, NULL);
			snprintf(typed, sizeof(typed), "%s=@x", wrong);
			miss_filter(typed, key, NULL);
			if (!slip(filter_values[k], s, wrong))
				continue;
			snprintf(typed, sizeof(typed), "%s=%s", key, wrong);
			miss_filter(typed, filter_values[k], key);
		}
		snprintf(typed, sizeof(typed), "%s=%s|%s", key,
		    filter_values[k], filter_values[k]);
		snprintf(right, sizeof(right), "%s=%s,%s", key,
		    filter_values[k], filter_values[k]);
		miss_filter(typed, right, NULL);
		snprintf(
		    typed, sizeof(typed), "%s=%s|@x", key, filter_values[k]);
		miss_filter(typed, key, NULL);
		snprintf(typed, sizeof(typed), "%s=", key);
		miss_filter(typed, key, NULL);
	}
	finish(94);
}

CHECK_MAIN("near_misses", { "attributes", attributes }, { "places", places },
    { "settings", settings }, { "filters", filters })
