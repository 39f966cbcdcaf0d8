/* Filters: one table of keys, from which parser and messages come. */
#include "words/record_filter.h"

#include "base/err.h"
#include "base/param.h"
#include "text/utf8.h"
#include "msg/methods.h"
#include "rules/rules.h"
#include "trace/board.h"
#include "trace/record_name.h"
#include "words/record_text.h"

/* Which kinds a word lets through, whatever its value is. */
#define KIND_BIT(id) (UINT32_C(1) << TRACE_##id)
#define EVERY        UINT32_MAX
#define MESSAGES     (KIND_BIT(SEND) | KIND_BIT(RECV) | KIND_BIT(DROP))
#define CALLS        (MESSAGES | KIND_BIT(CALL) | KIND_BIT(DIALOG))
/* Of a record of one of two kinds or more. */
#define STEPS (KIND_BIT(FSM) | KIND_BIT(DIALOG))
#define OWNED (STEPS | KIND_BIT(TIMER) | KIND_BIT(CALL))
#define DONE                                                   \
	(KIND_BIT(TIMER) | KIND_BIT(BINDING) | KIND_BIT(NAT) | \
	    KIND_BIT(LOOKUP) | KIND_BIT(AUTH) | KIND_BIT(MEDIA))
#define REASONED                                                             \
	(KIND_BIT(DROP) | KIND_BIT(FSM) | KIND_BIT(ROUTE) | KIND_BIT(AUTH) | \
	    KIND_BIT(MEDIA) | KIND_BIT(END))
#define FAULTY \
	(KIND_BIT(FAULT) | KIND_BIT(BAD) | KIND_BIT(ROUTE) | KIND_BIT(BOARD))

_Static_assert(TRACE_KIND_COUNT <= 32, "a bit for each kind");

/* What of a message its value is compared with. */
#define NOTHING 0
#define ENDS    (TRACE_SEND_SRC | TRACE_SEND_DST)
#define START   TRACE_SEND_START

/* X(ID, name, kinds, parts of the message, member of the record); the kinds of
 * a member are those of docs/TRACE.md. */
#define KEYS(X)                                                               \
	X(NODE, "node", EVERY, ENDS, NULL)                                    \
	X(SRC, "src", MESSAGES, TRACE_SEND_SRC, NULL)                         \
	X(DST, "dst", MESSAGES, TRACE_SEND_DST, NULL)                         \
	X(KIND, "kind", EVERY, NOTHING, NULL)                                 \
	X(METHOD, "method", MESSAGES, START, NULL)                            \
	X(STATUS, "status", MESSAGES, START, NULL)                            \
	X(CSEQ, "cseq", MESSAGES, TRACE_SEND_CSEQ, NULL)                      \
	X(CALL, "call", CALLS, TRACE_SEND_CALL_ID, NULL)                      \
	X(PROTO, "proto", MESSAGES, TRACE_SEND_PROTO, NULL)                   \
	X(RULE, "rule", EVERY, NOTHING, NULL)                                 \
	X(LEVEL, "level", EVERY, NOTHING, NULL)                               \
	X(OP, "op", DONE, NOTHING, "op")                                      \
	X(MACHINE, "machine", KIND_BIT(TIMER) | KIND_BIT(FSM), NOTHING,       \
	    "machine")                                                        \
	X(ID, "id", OWNED, NOTHING, "id")                                     \
	X(NAME, "name", KIND_BIT(TIMER), NOTHING, "name")                     \
	X(LEFT, "left", STEPS | KIND_BIT(CALL), NOTHING, "from")              \
	X(INTO, "into", STEPS, NOTHING, "to")                                 \
	X(EVENT, "event", KIND_BIT(FSM), NOTHING, "event")                    \
	X(STATE, "state", KIND_BIT(CALL) | KIND_BIT(ROUTE), NOTHING, "state") \
	X(VERB, "verb", KIND_BIT(ACT), NOTHING, "verb")                       \
	X(AOR, "aor", KIND_BIT(BINDING) | KIND_BIT(LOOKUP), NOTHING, "aor")   \
	X(INNER, "inner", KIND_BIT(NAT), NOTHING, "inner")                    \
	X(OUTER, "outer", KIND_BIT(NAT), NOTHING, "outer")                    \
	X(HOW, "how", KIND_BIT(ROUTE), NOTHING, "how")                        \
	X(VERDICT, "verdict", KIND_BIT(ROUTE), NOTHING, "verdict")            \
	X(REALM, "realm", KIND_BIT(AUTH), NOTHING, "realm")                   \
	X(REASON, "reason", REASONED, NOTHING, "reason")                      \
	X(EFFECT, "effect", KIND_BIT(FAULT), NOTHING, "effect")               \
	X(FAULT, "fault", FAULTY, NOTHING, "fault")                           \
	X(WHAT, "what", KIND_BIT(BOARD), NOTHING, "what")                     \
	X(TEXT, "text", EVERY, NOTHING, NULL)                                 \
	X(FROM, "from", EVERY, NOTHING, NULL)                                 \
	X(TO, "to", EVERY, NOTHING, NULL)

enum key {
#define X(id, name, kinds, parts, member) KEY_##id,
	KEYS(X)
#undef X
	    KEY_COUNT
};

static const char *const names[] = {
#define X(id, name, kinds, parts, member) name,
	KEYS(X)
#undef X
};

static const struct {
	uint32_t kinds;
	unsigned parts;
	const char *member;
} asks[] = {
#define X(id, name, kinds, parts, member) { kinds, parts, member },
	KEYS(X)
#undef X
};

const char *
record_filter_key(size_t i)
{
	return i < KEY_COUNT ? names[i] : NULL;
}

bool
record_filter_has(struct str key)
{
	for (size_t k = 0; k < KEY_COUNT; k++)
		if (str_is(key, names[k]))
			return true;
	return false;
}

#define SHOWN(s) STR_ARG(utf8_clip((s), 60))

static int
refuse_not(struct diag *d)
{
	return diag_set(d, ERR_SYNTAX, NULL, 0,
	    _("a filter uses = only, and no “not”; status=2xx is a class, "
	      "method=INVITE,BYE is either of two"));
}

/* The filter NEAR, or of that key with the value ARG (may be empty). */
static int
filter_read_meant(const void *arg, const char *near, struct diag *why)
{
	const struct str *value = arg;
	struct record_filter f;
	LOCAL_BUF text = BUF_INIT;

	buf_puts(&text, near);
	if (value->n > 0)
		buf_printf(&text, "=%.*s", STR_ARG(*value));
	return text.err != 0
		   ? ERR_NOMEM
		   : record_filter_parse(&f, buf_cstr(&text), NULL, why);
}

static int
unknown_key(struct str key, struct str value, struct diag *d)
{
	const char *near =
	    param_nearest(key, names, KEY_COUNT, sizeof(names[0]));

	if (str_is(key, "seq") || str_is(key, "record"))
		return diag_set(d, ERR_SYNTAX, NULL, 0,
		    _("for one record, give only its number: rung show FILE "
		      "55"));
	/* "method!=INVITE", "status>=200", "!kind=send" */
	if (key.n > 0 && (strchr("!<>", key.p[0]) != NULL ||
			     strchr("!<>", key.p[key.n - 1]) != NULL))
		return refuse_not(d);
	if (key.n == 0)
		diag_set(d, ERR_SYNTAX, NULL, 0,
		    _("write = without spaces around it: method=INVITE"));
	diag_set(d, ERR_SYNTAX, NULL, 0, _("a filter has no word “%.*s”"),
	    SHOWN(key));
	if (near == NULL)
		return diag_one_of(
		    d, ERR_SYNTAX, key, names, KEY_COUNT, sizeof(names[0]));
	return diag_meant_read(
	    d, ERR_SYNTAX, key, near, filter_read_meant, &value);
}

static int
filter_check_kind(struct str value, struct diag *d)
{
	const char *list[TRACE_KIND_COUNT];

	if (trace_kind_find(value) != TRACE_KIND_COUNT)
		return 0;
	for (unsigned i = 0; i < TRACE_KIND_COUNT; i++)
		list[i] = trace_kind_name(i);
	diag_set(d, ERR_NOTFOUND, NULL, 0,
	    _("there is no kind of record “%.*s”"), SHOWN(value));
	return diag_one_of(
	    d, ERR_NOTFOUND, value, list, TRACE_KIND_COUNT, sizeof(list[0]));
}

static int
check_what(struct str value, struct diag *d)
{
	static const char *const list[] = {
#define X(id, name) name,
		TRACE_BOARD_WHATS(X)
#undef X
	};

	for (size_t i = 0; i < COUNT_OF(list); i++)
		if (str_is(value, list[i]))
			return 0;
	diag_set(d, ERR_NOTFOUND, NULL, 0, _("what: a board has no “%.*s”"),
	    SHOWN(value));
	return diag_one_of(
	    d, ERR_NOTFOUND, value, list, COUNT_OF(list), sizeof(list[0]));
}

static int
check_level(struct str value, struct diag *d)
{
	for (int l = 0; l < RULE_LEVEL_COUNT; l++)
		if (rule_level_is((enum rule_level)l, value))
			return 0;
	return diag_set(d, ERR_NOTFOUND, NULL, 0,
	    _("“%.*s” is not the level of a rule; use MUST, MUST-NOT, SHOULD, "
	      "SHOULD-NOT, MAY or description"),
	    SHOWN(value));
}

/* "200" or "2xx". */
static int
check_status(struct str v, struct diag *d)
{
	bool digits = v.n == 3 && v.p[0] >= '1' && v.p[0] <= '6';
	bool class =
	    digits && chr_lower(v.p[1]) == 'x' && chr_lower(v.p[2]) == 'x';

	if (class || (digits && chr_is_digit(v.p[1]) && chr_is_digit(v.p[2])))
		return 0;
	return diag_set(d, ERR_SYNTAX, NULL, 0,
	    _("“%.*s” is not a status; write a code such as 180 or a class "
	      "such as 2xx"),
	    SHOWN(v));
}

static int
filter_check_time(
    struct record_filter *f, enum key key, struct str value, struct diag *d)
{
	int64_t ns;

	if (param_time(value, &ns) != 0)
		return diag_set(d, ERR_SYNTAX, NULL, 0,
		    key == KEY_FROM
			? _("from: “%.*s” is not a time; write 0.5s or 500ms "
			    "(for the sender, write src=)")
			: _("to: “%.*s” is not a time; write 0.5s or 500ms "
			    "(for the receiver, write dst=)"),
		    SHOWN(value));
	if (key == KEY_FROM && ns > f->from_ns)
		f->from_ns = ns;
	if (key == KEY_TO && ns < f->to_ns)
		f->to_ns = ns;
	return 0;
}

static int
check_value(struct record_filter *f, enum key key, struct str value,
    const struct trace *t, struct diag *d)
{
	if (value.n == 0)
		return diag_set(
		    d, ERR_SYNTAX, NULL, 0, _("%s= has no value"), names[key]);
	switch (key) {
	case KEY_KIND:
		return filter_check_kind(value, d);
	case KEY_WHAT:
		return check_what(value, d);
	case KEY_RULE:
		return rule_find(value, value) != NULL ? 0
						       : rule_refuse(value, d);
	case KEY_LEVEL:
		return check_level(value, d);
	case KEY_STATUS:
		return check_status(value, d);
	case KEY_NODE:
	case KEY_SRC:
	case KEY_DST:
		return t != NULL ? trace_check_node(t, value, d) : 0;
	case KEY_FROM:
	case KEY_TO:
		return filter_check_time(f, key, value, d);
	default:
		return 0;
	}
}

/* What WORDs with "|" and without a key ask of a message, or NULL. */
static const char *
find_key_of(struct str word)
{
	const char *key = NULL;

	while (word.n > 0) {
		struct str one = str_cut(word, '|', &word);
		uint32_t status;
		const char *of = msg_method_find(one) != MSG_OTHER ? "method"
				 : str_u32(one, &status) == 0      ? "status"
								   : NULL;

		if (one.n > 0 && (of == NULL || (key != NULL && key != of)))
			return NULL;
		key = one.n > 0 ? of : key;
	}
	return key;
}

/* WORD as it was meant; whether that is otherwise. */
static bool
put_meant(struct str word, struct buf *out)
{
	size_t n = 0, before;
	struct str key, value;
	bool either = str_chr(word, '|') >= 0;

	while (n < word.n && strchr(":@=", word.p[n]) == NULL)
		n++;
	key = str_slice(word, 0, n);
	value = str_slice(word, n < word.n ? n + 1 : n, word.n);
	if (n == word.n && either && find_key_of(word) != NULL) {
		key = str_of(find_key_of(word));
		value = word;
	} else if (value.n == 0 || !record_filter_has(key) ||
		   (word.p[n] == '=' &&
		       (!either || str_is(key, names[KEY_TEXT])))) {
		buf_str(out, word);
		return false;
	}
	buf_str(out, key);
	buf_putc(out, '=');
	before = out->n;
	while (value.n > 0) {
		struct str one = str_cut(value, '|', &value);

		buf_puts(out, one.n > 0 && out->n > before ? "," : "");
		buf_str(out, one);
	}
	return true;
}

/* F's words, those with the same key as one, of which any may hold; whether
 * there are such, and no texts, "OR". */
static bool
record_filter_put_joined(const struct record_filter *f, struct buf *out)
{
	bool joined = false, text = false;

	for (size_t i = 0; i < f->n; i++) {
		unsigned key = f->words[i].key;
		size_t k = key < KEY_TEXT ? 0 : i;

		while (f->words[k].key != key)
			k++;
		if (k < i)
			continue;
		text |= key == KEY_TEXT;
		buf_printf(out, "%s%s=%.*s", i > 0 ? " " : "", names[key],
		    STR_ARG(f->words[i].value));
		while (key < KEY_TEXT && ++k < f->n)
			if (f->words[k].key == key) {
				buf_printf(
				    out, ",%.*s", STR_ARG(f->words[k].value));
				joined = true;
			}
	}
	return joined && !text;
}

bool
record_filter_meant(const char *text, struct buf *out)
{
	struct str rest = str_trim(str_of(text));
	LOCAL_BUF words = BUF_INIT;
	struct record_filter f;
	bool other = false;

	while (rest.n > 0) {
		other |= put_meant(str_cut(rest, ' ', &rest), &words);
		buf_putc(&words, ' ');
		rest = str_trim(rest);
	}
	return words.err == 0 &&
	       record_filter_parse(&f, buf_cstr(&words), NULL, NULL) == 0 &&
	       (record_filter_put_joined(&f, out) || other) && out->err == 0;
}

/* "method=INVITE|BYE" */
static int
refuse_either(struct str word, struct diag *d)
{
	LOCAL_BUF meant = BUF_INIT;

	put_meant(word, &meant);
	diag_set(d, ERR_SYNTAX, NULL, 0,
	    _("between several values write a comma, not |"));
	return diag_meant_read(d, ERR_SYNTAX, STR_NULL, buf_cstr(&meant),
	    filter_read_meant, &(struct str){ NULL, 0 });
}

static int
parse_word(struct record_filter *f, struct str word, const struct trace *t,
    struct diag *d)
{
	struct str values, key;
	uint32_t kinds;
	unsigned k = 0;
	int err = 0;

	key = str_cut(word, '=', &values);
	/* A word without = is looked for as text. */
	if (key.n == word.n) {
		key = str_of(names[KEY_TEXT]);
		values = word;
	}
	while (k < KEY_COUNT && !str_is(key, names[k]))
		k++;
	if (k == KEY_COUNT)
		return unknown_key(key, values, d);
	if (f->n == FILTER_WORDS)
		return diag_set(d, ERR_LIMIT, NULL, 0,
		    _("a filter has at most %d words"), FILTER_WORDS);
	if (k != KEY_TEXT && k != KEY_CALL && str_chr(values, '|') >= 0)
		return refuse_either(word, d);
	f->words[f->n].key = k;
	f->words[f->n++].value = values;
	f->parts |= asks[k].parts;
	kinds = asks[k].kinds;
	if (k == KEY_KIND)
		kinds = 0;
	do {
		struct str value = str_cut(values, ',', &values);

		err = check_value(f, k, value, t, d);
		if (err == 0 && k == KEY_KIND)
			kinds |= UINT32_C(1) << trace_kind_find(value);
	} while (err == 0 && values.n > 0);
	f->kinds &= kinds;
	return err;
}

int
record_filter_parse(struct record_filter *f, const char *text,
    const struct trace *t, struct diag *d)
{
	struct str word, next, rest = str_trim(str_of(text));
	int err = 0;

	*f = RECORD_FILTER_ALL;
	while (err == 0 && rest.n > 0) {
		size_t n = 0;

		while (n < rest.n && !chr_is_space(rest.p[n]))
			n++;
		word = str_slice(rest, 0, n);
		rest = str_trim(str_slice(rest, n, rest.n));
		/* "not method=INVITE"; among words alone it is a text. */
		err = str_iis(word, "not") &&
			      str_chr(str_cut(rest, ' ', &next), '=') > 0
			  ? refuse_not(d)
			  : parse_word(f, word, t, d);
	}
	if (err == 0 && f->from_ns > f->to_ns)
		err = diag_set(d, ERR_RANGE, NULL, 0,
		    _("no record is between from and to, because from is "
		      "later"));
	return err;
}

static const char *
nearest_method(struct str word)
{
	static const char *const methods[] = {
#define X(id, rfc, section, text) #id,
		MSG_METHODS(X)
#undef X
	};

	return param_nearest(
	    word, methods, COUNT_OF(methods), sizeof(methods[0]));
}

const char *
record_filter_doubt(const struct record_filter *f, struct str *word)
{
	for (size_t i = 0; i < f->n; i++) {
		struct str rest = f->words[i].value;

		if (f->words[i].key != KEY_METHOD &&
		    f->words[i].key != KEY_CSEQ)
			continue;
		while (rest.n > 0) {
			*word = str_cut(rest, ',', &rest);
			if (msg_method_find(*word) == MSG_OTHER)
				return nearest_method(*word);
		}
	}
	*word = STR_NULL;
	return NULL;
}

static bool
status_is(unsigned status, struct str value)
{
	char digits[4] = { (char)('0' + status / 100 % 10),
		(char)('0' + status / 10 % 10), (char)('0' + status % 10), 0 };

	if (status == 0 || value.n != 3)
		return false;
	if (chr_lower(value.p[1]) == 'x')
		return value.p[0] == digits[0];
	return str_is(value, digits);
}

static bool
begins_with(struct str text, struct str start)
{
	return text.n >= start.n && str_eq(str_slice(text, 0, start.n), start);
}

/* What one VALUE asks of a message. */
static bool
message_holds(enum key key, struct str value, const struct trace_send *s)
{
	switch (key) {
	case KEY_NODE:
		return str_eq(value, s->src) || str_eq(value, s->dst);
	case KEY_SRC:
		return str_eq(value, s->src);
	case KEY_DST:
		return str_eq(value, s->dst);
	case KEY_METHOD:
		return str_eq(value, s->method);
	case KEY_STATUS:
		return status_is(s->status, value);
	case KEY_CSEQ:
		return str_eq(value, s->cseq_method);
	case KEY_CALL:
		return begins_with(s->call_id, value);
	case KEY_PROTO:
		return str_eq(value, s->proto);
	default:
		return false;
	}
}

/* A number is what its digits are. */
static bool
member_is(const struct trace_rec *rec, const char *name, struct str value)
{
	struct json_value v = trace_member(rec, name);
	LOCAL_BUF text = BUF_INIT;
	struct str plain;

	if (v.type == JSON_NUMBER || json_plain(v, &plain) == 0)
		return str_eq(v.type == JSON_NUMBER ? v.raw : plain, value);
	return json_text(v, &text) == 0 && str_eq(buf_view(&text), value);
}

static bool
has_level(const struct trace_rec *rec, struct str value)
{
	const struct rule *rule = trace_rule_row(rec);

	return rule != NULL && rule_level_is(rule->level, value);
}

/* What it asks of a record and its message (S is NULL without one). */
static bool
filter_holds(enum key key, struct str value, const struct trace_rec *rec,
    const struct trace_send *s, struct buf *scratch)
{
	if (asks[key].member != NULL)
		return member_is(rec, asks[key].member, value);
	if (key == KEY_RULE)
		return str_eq(value, trace_rule(rec)) ||
		       str_eq(value, trace_why(rec));
	if (key == KEY_LEVEL)
		return has_level(rec, value);
	if (key == KEY_NODE && str_eq(value, rec->node))
		return true;
	if (s == NULL && key == KEY_CALL && rec->kind == TRACE_CALL)
		return str_eq(trace_str(rec, "id", scratch), value);
	if (s == NULL)
		return key == KEY_CALL && rec->kind == TRACE_DIALOG &&
		       begins_with(trace_str(rec, "call_id", scratch), value);
	return message_holds(key, value, s);
}

/* A comma may be part of it. */
static bool
matches_text(
    const struct trace_rec *rec, const struct trace_rec *send, struct str value)
{
	return str_ifind(rec->object.raw, value) >= 0 ||
	       (send != NULL && str_ifind(send->object.raw, value) >= 0);
}

bool
record_filter_match_message(const struct record_filter *f,
    const struct trace_send *s, int64_t t, struct str bytes)
{
	if (t < f->from_ns || t > f->to_ns)
		return false;
	for (size_t i = 0; i < f->n; i++) {
		struct str values = f->words[i].value;
		enum key key = f->words[i].key;
		bool any = key == KEY_FROM || key == KEY_TO ||
			   key == KEY_KIND || key == KEY_RULE ||
			   key == KEY_LEVEL || asks[key].member != NULL;

		if (key == KEY_TEXT)
			any = str_ifind(bytes, values) >= 0;
		while (!any && key != KEY_TEXT && values.n > 0)
			any = message_holds(
			    key, str_cut(values, ',', &values), s);
		if (!any)
			return false;
	}
	return true;
}

/* By what the index of a trace says. */
static bool
may_pass(const struct record_filter *f, enum trace_kind kind, int64_t t)
{
	return (f->kinds >> kind & 1) != 0 && t >= f->from_ns && t <= f->to_ns;
}

bool
record_filter_may(
    const struct record_filter *f, const struct trace *t, uint64_t seq)
{
	return may_pass(f, trace_kind_of(t, seq), trace_time_of(t, seq));
}

int
record_filter_serve(struct record_filter *f, const struct trace *t,
    struct related_calls **related)
{
	int err = 0;

	*related = NULL;
	if ((f->parts & TRACE_SEND_CALL_ID) != 0)
		err = related_calls_create(related);
	if (err == 0 && *related != NULL)
		err = related_calls_read(*related, t, trace_count(t));
	f->related = *related;
	return err;
}

bool
record_filter_match(const struct record_filter *f, const struct trace *t,
    const struct trace_rec *rec, struct buf *scratch)
{
	struct trace_rec send;
	struct trace_send s;
	bool has, any;

	if (!may_pass(f, rec->kind, rec->t))
		return false;
	if (f->n == 0)
		return true;
	buf_clear(scratch);
	has = record_message(t, rec, &send) &&
	      trace_get_send_parts(&send, f->parts, &s, scratch) == 0;
	if (has && s.call_id.n == 0 && f->related != NULL)
		s.call_id = related_calls_find(f->related, send.seq);
	for (size_t i = 0; i < f->n; i++) {
		struct str values = f->words[i].value;
		enum key key = f->words[i].key;

		any = key == KEY_FROM || key == KEY_TO || key == KEY_KIND;
		if (key == KEY_TEXT) {
			any = matches_text(rec, has ? &send : NULL, values);
			values = STR_NULL;
		}
		while (!any && values.n > 0)
			any = filter_holds(key, str_cut(values, ',', &values),
			    rec, has ? &s : NULL, scratch);
		if (!any)
			return false;
	}
	return true;
}
