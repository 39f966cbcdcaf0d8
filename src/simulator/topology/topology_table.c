/*
 * What the tables of attributes and roles say about names and values, and the
 * sentences for what does not fit.
 */
#include "topology/topology_table.h"

#include "base/dates.h"
#include "base/err.h"
#include "base/rows.h"
#include "node/node_serves.h"
#include "agent/package.h"
#include "roles/dns/dns.h"
#include "roles/nat/nat_alg.h"
#include "pair/pair_faults.h"
#include "topology/synonyms.h"
#include "topology/topology_graphviz.h"
#include "role/rows.h"

#include <stdio.h>
#include <string.h>

#define R(word) ROLE_BIT(word)
#define ANY     UINT64_C(0)
#define PHONES  ROLE_HABITS
/* Whose calls may have media. */
#define SPEAKING (LISTENING | R(gateway))
/* … and the roles that listen to media. */
#define LISTENING (PHONES | R(conference) | R(menu) | R(voicemail))
/* Roles with circuits. */
#define TRUNKS (R(gateway) | R(switch))
#define AGENTS ROLE_AGENT
/* Roles that send requests outside of dialogs. */
#define CALLERS                                                       \
	(PHONES | R(b2bua) | R(sbc) | R(controller) | R(conference) | \
	    R(script) | R(gateway))
#define SERVERS ROLE_SERVER
/* Roles that have TLS, and ask name servers; a handset's firmware does
 * neither. */
#define SPEAKERS \
	(CALLERS | SERVERS | R(presence) | R(queue) | R(voicemail) | R(menu))
/* Roles with pairs of calls; of these, the ones that call the user named by a
 * request. */
#define BOXES   (PASSERS | R(queue))
#define PASSERS (R(b2bua) | R(sbc))
#define GRAPH   TOPOLOGY_GRAPH
#define CLUSTER TOPOLOGY_CLUSTER
#define NODE    TOPOLOGY_NODE
#define EDGE    TOPOLOGY_EDGE

const struct topology_attr_row topology_attr_rows[TOPOLOGY_NATTRS] = {
#define X(name, owner, roles, type, arg, now, dflt, text) \
	{ #name, owner, roles, TOPOLOGY_TYPE_##type, arg, now, dflt, text },
	TOPOLOGY_ATTRS(X)
#undef X
};

static const char *const graphviz[] = { TOPOLOGY_GRAPHVIZ };

const char *
topology_type_text(enum topology_type type)
{
	static const char *const texts[] = {
#define X(id, text) text,
		TOPOLOGY_TYPES(X)
#undef X
	};

	return _(texts[type]);
}

#define SHOWN_MAX 80
/* Of a row: its words in bytes, and how many. */
#define WORDS_BYTES 128
#define WORDS_MOST  16

struct str
topology_shown(struct str s)
{
	size_t n = s.n;

	if (n > SHOWN_MAX) {
		n = SHOWN_MAX;
		while (n > 0 && ((unsigned char)s.p[n] & 0xc0) == 0x80)
			n--;
	}
	return str_slice(s, 0, n);
}

/* Puts "node bob", "link a -- b" before D's sentence; where it has no name, the
 * default's form. */
static void
put_subject(const struct topology_at *at, struct diag *d)
{
	struct str a = topology_shown(at->a), b = topology_shown(at->b);

	if (at->owner == 0)
		return;
	diag_prefix(d, ": ");
	switch (at->owner) {
	case TOPOLOGY_GRAPH:
		diag_prefix(d, "%s", _("graph"));
		break;
	case TOPOLOGY_CLUSTER:
		if (a.n == 0)
			diag_prefix(d, "subgraph {...}");
		else
			diag_prefix(d, _("subgraph %.*s"), STR_ARG(a));
		break;
	case TOPOLOGY_NODE:
		if (a.n == 0)
			diag_prefix(d, "node [...]");
		else
			diag_prefix(d, _("node %.*s"), STR_ARG(a));
		break;
	case TOPOLOGY_EDGE:
		if (a.n == 0)
			diag_prefix(d, "edge [...]");
		else
			diag_prefix(
			    d, _("link %.*s -- %.*s"), STR_ARG(a), STR_ARG(b));
		break;
	}
}

static void
prefix_with_setting(const struct topology_setting *setting, struct diag *d)
{
	struct str s = topology_shown(str_of(setting->text));

	if (setting->drawn_by != NULL)
		diag_prefix(d, "vary { “%.*s” }: ", STR_ARG(s));
	else
		diag_prefix(d, "--set %.*s: ", STR_ARG(s));
}

int
topology_say(const struct topology_at *at, int err, const char *fmt, ...)
{
	const char *file =
	    at->setting != NULL ? at->setting->drawn_by : at->file;
	unsigned line = at->setting != NULL ? 0 : at->line;
	struct diag said = DIAG_INIT;
	va_list ap;

	va_start(ap, fmt);
	diag_say(&said, fmt, ap);
	va_end(ap);
	put_subject(at, &said);
	if (at->setting != NULL)
		prefix_with_setting(at->setting, &said);
	return diag_pass(at->d, err, file, line, &said);
}

int
topology_attr_find(struct str name)
{
	size_t i = rows_find(name, topology_attr_rows, TOPOLOGY_NATTRS,
	    sizeof(topology_attr_rows[0]));

	return i < TOPOLOGY_NATTRS ? (int)i : -1;
}

static bool
is_graphviz_attr(struct str name)
{
	for (size_t i = 0; i < COUNT_OF(graphviz); i++)
		if (str_is(name, graphviz[i]))
			return true;
	/* Graphviz itself overlooks names that begin with an underscore; rung
	 * knows only _background of them. */
	return false;
}

/* Of a node whose roles are known it may be one that they have. */
static bool
may_be_attr(const struct topology_at *at, const struct topology_attr_row *row)
{
	return (row->owners & at->owner) != 0 &&
	       (at->roles == 0 || row->roles == 0 ||
		   (row->roles & at->roles) != 0);
}

const char *
topology_attr_meant(const struct topology_at *at, struct str name)
{
	const char *names[TOPOLOGY_NATTRS + COUNT_OF(graphviz)];
	size_t n = 0;

	if (name.n < 2) /* every word of one letter is near */
		return NULL;
	for (size_t i = 0; i < TOPOLOGY_NATTRS; i++)
		if (may_be_attr(at, &topology_attr_rows[i]))
			names[n++] = topology_attr_rows[i].name;
	for (size_t i = 0; i < COUNT_OF(graphviz); i++)
		names[n++] = graphviz[i];
	return param_meant(
	    synonyms_of_attributes, name, names, n, sizeof(names[0]));
}

static const char *
owners_text(unsigned owners)
{
	if ((owners & TOPOLOGY_NODE) != 0)
		return (owners & TOPOLOGY_CLUSTER) != 0
			   ? _("the graph, clusters and nodes")
			   : _("nodes");
	return (owners & TOPOLOGY_EDGE) != 0 ? _("links") : _("the graph");
}

/* An attribute as it is written. */
struct attr_written {
	const struct topology_at *at;
	struct str value;
};

/* Has NAME in place of another name, as diag_meant_read asks. */
static int
table_read_meant(const void *arg, const char *name, struct diag *why)
{
	const struct attr_written *a = arg;
	int i = topology_attr_find(str_of(name));
	struct topology_at at = { .d = why, .roles = a->at->roles };

	if (i < 0 || a->value.n == 0)
		return 0;
	/* Which nodes there are may not be known yet. */
	if (topology_attr_rows[i].type == TOPOLOGY_TYPE_NODE_NAME ||
	    topology_attr_rows[i].type == TOPOLOGY_TYPE_NODE_NAMES ||
	    topology_attr_rows[i].type == TOPOLOGY_TYPE_TRUST)
		return diag_set(why, ERR_NOTFOUND, NULL, 0, _("%s takes %s"),
		    name, topology_type_text(topology_attr_rows[i].type));
	return topology_judge_value(&at, &topology_attr_rows[i], a->value);
}

int
topology_judge_name(
    const struct topology_at *at, int i, struct str name, struct str value)
{
	struct str shown = topology_shown(name);
	const struct attr_written written = { at, value };
	const struct param_synonym *s = synonyms_of_attributes;
	int err;

	if (i >= 0 && (topology_attr_rows[i].owners & at->owner) != 0)
		return 0;
	if (is_graphviz_attr(name))
		return 0;
	if (i >= 0 && at->owner == TOPOLOGY_CLUSTER && at->a.n == 0 &&
	    (topology_attr_rows[i].owners & ~EXPERIMENTAL) == TOPOLOGY_NODE)
		return topology_say(at, ERR_SYNTAX,
		    _("attributes are written in [ ], not in { }"));
	while (s->said != NULL && !str_is(name, s->said))
		s++;
	if (i >= 0) {
		err = topology_say(at, ERR_SYNTAX, _("%s belongs to %s"),
		    topology_attr_rows[i].name,
		    owners_text(topology_attr_rows[i].owners));
		return diag_meant_read(at->d, err, STR_NULL,
		    at->owner == TOPOLOGY_EDGE ? s->meant : NULL,
		    table_read_meant, &written);
	}
	if (str_iis(name, "t1") || str_iis(name, "t2") || str_iis(name, "t4"))
		return topology_say(at, ERR_SYNTAX,
		    _("no attribute changes a timer; T1 is 500 ms, T2 4 s and "
		      "T4 5 s in every node"));
	err = topology_say(
	    at, ERR_SYNTAX, _("unknown attribute “%.*s”"), STR_ARG(shown));
	return diag_meant_read(at->d, err, s->said != NULL ? STR_NULL : name,
	    topology_attr_meant(at, name), table_read_meant, &written);
}

void
topology_attr_range(
    const struct topology_attr_row *row, uint64_t *least, uint64_t *greatest)
{
	struct str rest;

	*least = *greatest = 0;
	str_u64(str_cut(str_of(row->arg), ' ', &rest), least);
	str_u64(rest, greatest);
}

/* VALUE with spaces between its words, if ROW can have that. */
static bool
put_spaced(
    const struct topology_attr_row *row, struct str value, struct buf *out)
{
	struct topology_at none = { .d = NULL };

	for (size_t i = 0; i < value.n; i++)
		buf_putc(out,
		    strchr(";,/|+", value.p[i]) != NULL ? ' ' : value.p[i]);
	return out->err == 0 && !str_eq(buf_view(out), value) &&
	       topology_judge_value(&none, row, buf_view(out)) == 0;
}

/* WORD is none of ROW's words. */
static int
say_unknown_word(const struct topology_at *at,
    const struct topology_attr_row *row, struct str word)
{
	struct str all = str_trim(str_of(row->arg));
	struct str shown = topology_shown(word);
	char words[WORDS_BYTES];
	const char *list[WORDS_MOST], *near;
	LOCAL_BUF spaced = BUF_INIT;
	size_t n = 0;

	snprintf(words, sizeof(words), "%.*s", STR_ARG(all));
	for (char *rest = words; rest != NULL && n < WORDS_MOST;)
		list[n++] = strsep(&rest, " ");
	near = param_meant(synonyms_of_codecs, word, list, n, sizeof(list[0]));
	topology_say(at, ERR_SYNTAX, _("%s is “%.*s”, expected one of: %.*s"),
	    row->name, STR_ARG(shown), STR_ARG(all));
	if (near == NULL && put_spaced(row, word, &spaced))
		near = buf_cstr(&spaced);
	return diag_meant(at->d, ERR_SYNTAX, near);
}

/* As date_days_there, of the first such date in VALUE. */
static int
days_amiss(const struct topology_attr_row *row, struct str value)
{
	int days = 0;

	if (row->type != TOPOLOGY_TYPE_DATE &&
	    row->type != TOPOLOGY_TYPE_CERTIFICATE)
		return 0;
	for (size_t i = 0; i < value.n && days == 0; i++)
		if (i == 0 || value.p[i - 1] == '=')
			days = date_days_there(str_slice(value, i, value.n));
	return days;
}

static bool
is_time_row(const struct topology_attr_row *row)
{
	return row->type == TOPOLOGY_TYPE_TIME ||
	       row->type == TOPOLOGY_TYPE_TIME_OR_NEVER;
}

/* How values are written that people write otherwise: without DROP at the end,
 * and with SUFFIX; or as MEANT for the whole DROP. */
static const struct {
	const char *drop, *suffix, *meant;
} value_forms[] = {
	{ "", "", NULL },
	{ "", "%", NULL },
	{ "sec", "s", NULL },
	{ "secs", "s", NULL },
	{ "seconds", "s", NULL },
	{ "msec", "ms", NULL },
	{ "minutes", "min", NULL },
	{ "mbps", "mbit", NULL },
	{ "mb/s", "mbit", NULL },
	{ "mbit/s", "mbit", NULL },
	{ "m", "mbit", NULL },
	{ "kbps", "kbit", NULL },
	{ "kbit/s", "kbit", NULL },
	{ "k", "kbit", NULL },
	{ "gbps", "gbit", NULL },
	{ "g", "gbit", NULL },
	{ "no", NULL, "never" },
	{ "none", NULL, "never" },
	{ "off", NULL, "never" },
	{ "false", NULL, "never" },
	{ "audio", NULL, "true" },
};

/* A number with a unit, or a word in its place. */
static bool
is_measure(const struct topology_attr_row *row)
{
	return row->type == TOPOLOGY_TYPE_TIME ||
	       row->type == TOPOLOGY_TYPE_TIME_OR_NEVER ||
	       row->type == TOPOLOGY_TYPE_RATE ||
	       row->type == TOPOLOGY_TYPE_SHARE ||
	       row->type == TOPOLOGY_TYPE_BOOL;
}

bool
topology_value_meant(
    const struct topology_attr_row *row, struct str value, struct buf *out)
{
	struct topology_at none = { .d = NULL };
	LOCAL_BUF packed = BUF_INIT;

	if (row->type == TOPOLOGY_TYPE_URI && str_find(value, ":") < 0) {
		buf_printf(out, "sip:%.*s%s", STR_ARG(value),
		    str_find(value, "@") < 0 ? "@example.com" : "");
		return topology_judge_value(&none, row, buf_view(out)) == 0;
	}
	for (size_t i = 0; i < value.n; i++)
		if (value.p[i] != ' ')
			buf_putc(&packed, value.p[i]);
	for (size_t i = 0; is_measure(row) && i < COUNT_OF(value_forms); i++) {
		struct str drop = str_of(value_forms[i].drop);
		struct str v = buf_view(&packed);

		if (v.n < drop.n ||
		    !str_iis(str_slice(v, v.n - drop.n, v.n), drop.p) ||
		    (value_forms[i].meant != NULL && v.n > drop.n))
			continue;
		buf_clear(out);
		if (value_forms[i].meant != NULL)
			buf_puts(out, value_forms[i].meant);
		else
			buf_printf(out, "%.*s%s", (int)(v.n - drop.n), v.p,
			    value_forms[i].suffix);
		if (out->err == 0 &&
		    topology_judge_value(&none, row, buf_view(out)) == 0)
			return true;
	}
	return false;
}

static int
say_form(const struct topology_at *at, const struct topology_attr_row *row,
    struct str value)
{
	uint64_t least, greatest;
	const char *why = NULL;
	int64_t ns;

	value = topology_shown(value);
	topology_attr_range(row, &least, &greatest);
	if (row->type == TOPOLOGY_TYPE_INTEGER) {
		return topology_say(at, ERR_SYNTAX,
		    _("%s is “%.*s”, expected a whole number from %llu "
		      "to %llu"),
		    row->name, STR_ARG(value), (unsigned long long)least,
		    (unsigned long long)greatest);
	}
	if (row->type == TOPOLOGY_TYPE_WORD)
		return say_unknown_word(at, row, value);
	if (is_time_row(row) && param_time(value, &ns) != 0)
		why = param_time_why(value, NULL);
	if (is_time_row(row) && why == NULL &&
	    (least > 0 || param_time(value, &ns) == 0))
		return topology_say(at, ERR_RANGE,
		    _("%s is “%.*s”, expected a time of at least %llus"),
		    row->name, STR_ARG(value), (unsigned long long)least);
	if (days_amiss(row, value) > 0)
		return topology_say(at, ERR_SYNTAX,
		    _("%s is “%.*s”: that month has %d days"), row->name,
		    STR_ARG(value), days_amiss(row, value));
	if (why != NULL)
		return topology_say(at, ERR_SYNTAX, _("%s is “%.*s”: %s"),
		    row->name, STR_ARG(value), why);
	return topology_say(at, ERR_SYNTAX, _("%s is “%.*s”, expected %s"),
	    row->name, STR_ARG(value), topology_type_text(row->type));
}

static int
topology_table_say_form(const struct topology_at *at,
    const struct topology_attr_row *row, struct str value)
{
	bool first = at->d != NULL && at->d->err == 0;
	int err = say_form(at, row, value);
	LOCAL_BUF meant = BUF_INIT;

	/* Of a name that is tried only the sentence counts. */
	if (first && at->owner != 0 && row->type != TOPOLOGY_TYPE_WORD &&
	    topology_value_meant(row, value, &meant))
		diag_meant(at->d, err, buf_cstr(&meant));
	return err;
}

/* ROW's words, any of them. */
static int
judge_words(const struct topology_at *at, const struct topology_attr_row *row,
    struct str value)
{
	struct str word;

	/* A firmware may know words that rung does not. */
	if ((at->roles & ROLE_FIRMWARE) != 0)
		return 0;
	while ((word = topology_cut_item(row->type, &value)).n > 0) {
		struct str rest = str_of(row->arg), whom;
		bool known = false;

		if (row->type == TOPOLOGY_TYPE_SUBSCRIPTIONS)
			word = str_cut(word, ':', &whom);
		while (!known && rest.n > 0)
			known = str_ieq(str_cut(rest, ' ', &rest), word);
		if (!known)
			return say_unknown_word(at, row, word);
	}
	return 0;
}

/* The roles that V names are the node's, and get requests. */
static int
judge_serves(const struct topology_at *at, struct str v)
{
	struct str word, whom;

	while (node_serves_next(&v, &word, &whom)) {
		const struct role *role = role_find(word);
		struct str shown = topology_shown(word);

		if (role == NULL || (at->roles & role->is) == 0)
			return topology_say(at, ERR_SYNTAX,
			    _("serves names “%.*s”, which is not a role of "
			      "this node"),
			    STR_ARG(shown));
		if (role->class == ROLE_CLASS_NONE ||
		    (role->is & ROLE_FIRMWARE) != 0)
			return topology_say(at, ERR_SYNTAX,
			    _("serves names “%s”, which receives no requests"),
			    role->word);
	}
	return 0;
}

bool
topology_warns_value(
    struct diag *d, const struct topology_attr_row *row, struct str value)
{
	uint64_t least, greatest;
	char before[64];

	if (row->type == TOPOLOGY_TYPE_SHARE && row->owners == TOPOLOGY_EDGE &&
	    str_is(value, "1"))
		return diag_set(d, ERR_RANGE, NULL, 0,
			   _("%s=1 is 100 %%; one percent is \"1%%\", "
			     "all is \"100%%\""),
			   row->name) != 0;
	topology_attr_range(row, &least, &greatest);
	snprintf(before, sizeof(before), "%s=", row->name);
	return is_time_row(row) &&
	       param_warn_time(d, before, value, (unsigned)greatest + 1);
}

int
topology_judge_value(const struct topology_at *at,
    const struct topology_attr_row *row, struct str value)
{
	struct str word, shown = topology_shown(value);
	struct topology_at doubt = *at;
	struct diag d = DIAG_INIT;
	uint64_t roles;
	bool b;

	doubt.d = at->doubt;
	if (at->doubt != NULL && topology_warns_value(&d, row, value))
		topology_say(&doubt, ERR_RANGE, "%s", d.text);
	if (row->type == TOPOLOGY_TYPE_ROLES)
		return topology_judge_roles(at, value, &roles);
	if (!topology_has_form(row, value, &word))
		return topology_table_say_form(at, row, word);
	if (row->type == TOPOLOGY_TYPE_WORDS ||
	    row->type == TOPOLOGY_TYPE_PRIVACY ||
	    row->type == TOPOLOGY_TYPE_SUBSCRIPTIONS)
		return judge_words(at, row, value);
	if (row->type == TOPOLOGY_TYPE_SERVES)
		return judge_serves(at, value);
	word = value;
	if (row->type == TOPOLOGY_TYPE_BOOL && param_bool(value, &b) == 0)
		word = str_of(b ? "true" : "false");
	if (row->now != NULL && !str_has_word(str_of(row->now), word))
		return topology_say(at, ERR_UNSUPPORTED,
		    _("%s=\"%.*s\" is not available in this version"),
		    row->name, STR_ARG(shown));
	return 0;
}

static int
judge_role(const struct topology_at *at, struct str word, uint64_t *roles)
{
	const struct role *role = role_find(word);
	struct str shown = topology_shown(word);

	if (role != NULL && (*roles & role->is) != 0)
		return topology_say(at, ERR_SYNTAX,
		    _("the role “%s” appears twice"), role->word);
	if (role != NULL) {
		*roles |= role->is;
		return 0;
	}
	if (str_chr(word, ',') >= 0)
		return topology_say(at, ERR_SYNTAX,
		    _("separate roles with spaces, not with commas: "
		      "role=\"proxy registrar\""));
	if (str_has_word(STR("router hub bridge"), word))
		return topology_say(at, ERR_SYNTAX,
		    _("a %.*s has no role; omit role="), STR_ARG(word));
	topology_say(at, ERR_SYNTAX, _("unknown role “%.*s”"), STR_ARG(shown));
	return diag_one_called(at->d, ERR_SYNTAX, synonyms_of_roles, word,
	    &role_rows[0].word, ROLE_COUNT, sizeof(role_rows[0]));
}

/* Roles that no node plays together. */
static const struct {
	uint64_t role, others;
	const char *why;
} apart[] = {
	/* Its firmware has a stack of its own. */
	{ R(handset), ~R(handset),
	    N_("a handset can't have another role: its firmware receives "
	       "everything that arrives at its address") },
	{ R(gateway), R(switch),
	    N_("a gateway can't also be an exchange, because the owner of a "
	       "trunk would be ambiguous; give the exchange a node of its "
	       "own") },
	{ R(mgc), R(mg),
	    N_("a media gateway controller can't also be a media gateway, "
	       "because both listen on one port; give the gateway a node of "
	       "its own") },
};

int
topology_judge_roles(
    const struct topology_at *at, struct str words, uint64_t *roles)
{
	int err;

	*roles = 0;
	while (words.n > 0) {
		struct str word = str_cut(words, ' ', &words);

		if (word.n > 0 && (err = judge_role(at, word, roles)) != 0)
			return err;
	}
	for (size_t i = 0; i < COUNT_OF(apart); i++)
		if ((*roles & apart[i].role) != 0 &&
		    (*roles & apart[i].others) != 0)
			return topology_say(
			    at, ERR_SYNTAX, "%s", _(apart[i].why));
	return 0;
}
