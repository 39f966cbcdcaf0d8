/*
 * The forms that values of attributes have, a row each (forms, below); see
 * topology/topology_table.h.
 */
#include "topology/topology_table.h"

#include "base/dates.h"
#include "megaco/megaco.h"
#include "msg/chars.h"
#include "node/security.h"
#include "node/node_serves.h"
#include "node/uri.h"
#include "roles/dns/dns.h"
#include "sip/aka.h"
#include "sound/wav.h"
#include "topology/synonyms.h"

#include <string.h>

/* Labels of 63 bytes at most (RFC 1035 2.3.4); the root's may stand behind. */
static bool
topology_form_is_host(struct str s)
{
	bool host = s.n > 0 && s.n <= 253 && s.p[0] != '-';

	while (host && s.n > 0) {
		struct str label = str_cut(s, '.', &s);

		host = label.n > 0 && label.n <= 63;
		for (size_t i = 0; host && i < label.n; i++)
			host = chr_is_alnum(label.p[i]) || label.p[i] == '-';
	}
	return host;
}

static bool
topology_form_is_sip_uri(struct str s)
{
	struct msg_uri uri;

	return msg_uri_read(s, &uri) == 0 && uri.sip && uri.host.n > 0;
}

/* RFC 3261 25.1: qvalue is 0 to 1 with at most three decimals. */
static bool
is_qvalue(struct str s)
{
	double q;

	return s.n <= 5 && param_decimal(s, &q) == 0 && q >= 0 && q <= 1;
}

/* "name:password@realm" or "name:password" */
static bool
is_account(struct str word)
{
	return str_chr(word, ':') > 0;
}

/* "switch1:1-30" or "switch1:7" */
static bool
is_circuit_range(struct str word)
{
	struct str range, last;
	struct str name = str_cut(word, ':', &range);
	struct str first = str_cut(range, '-', &last);
	uint32_t from, to;

	if (first.n == range.n)
		last = first;
	return name.n > 0 && str_u32(first, &from) == 0 &&
	       str_u32(last, &to) == 0 && from <= to && to <= 4095;
}

static bool
is_sim(struct str s)
{
	struct aka_sim sim;

	return aka_sim_read(s, &sim) == 0 && str_chr(sim.impi, '@') > 0;
}

static bool
is_faces(struct str s)
{
	size_t n = 0;
	unsigned listens;
	struct addr a;
	struct str name;
	int err;

	for (; node_face_read(&s, &name, &a, &listens, &err); n++)
		if (err != 0)
			return false;
	return n > 0;
}

/* WHOM is a domain or can be a user of one. */
static bool
is_served(struct str whom)
{
	LOCAL_BUF aor = BUF_INIT;

	return node_serves_domain(whom)
		   ? topology_form_is_host(whom)
		   : node_write_aor(whom, "b.example", &aor) == 0;
}

static bool
is_serves(struct str v)
{
	struct str role, whom;

	while (node_serves_next(&v, &role, &whom))
		if (role.n == 0 || !is_served(whom))
			return false;
	return true;
}

/* Graphviz has a `start` as well: a word, a number, or both. */
bool
topology_is_date(struct str v)
{
	uint64_t seed;

	return v.n > 0 && !chr_is_alpha(v.p[0]) && str_u64(v, &seed) != 0;
}

/* Of Graphviz's `start`, the word before the number. */
static bool
is_start(struct str v)
{
	int64_t ns;

	if (topology_is_date(v))
		return date_read(v, &ns) == 0;
	return v.n == 0 || !chr_is_alpha(v.p[0]) || str_starts(v, "regular") ||
	       str_starts(v, "self") || str_starts(v, "rand");
}

/* Of what READER takes for a TYPE. */
#define READS(is_name, type, reader)          \
	static bool is_name(struct str v)     \
	{                                     \
		type read;                    \
		return reader(v, &read) == 0; \
	}
READS(is_rate, uint64_t, param_rate)
READS(is_share, double, param_share)
READS(is_bool, bool, param_bool)
READS(is_address, struct addr, addr_parse)

/* "08:00"; 24:00 is MOST, the end of a day. */
static bool
is_time_of_day(struct str v, int most)
{
	int hour, minute;

	if (v.n != 5 || !date_has_form(v, "00:00"))
		return false;
	hour = date_number(v, 0, 2);
	minute = date_number(v, 3, 2);
	return minute < 60 && hour * 60 + minute <= most;
}

/* "08:00-12:00", also over midnight */
static bool
is_hours(struct str v)
{
	struct str end, begin = str_cut(v, '-', &end);

	return is_time_of_day(begin, 24 * 60 - 1) &&
	       is_time_of_day(end, 24 * 60);
}

/* "sip:bob@example.com" or "tel:+15550001" */
static bool
is_identity(struct str v)
{
	struct msg_uri uri;

	return topology_form_is_sip_uri(v) ||
	       (msg_uri_read(v, &uri) == 0 && !uri.sip &&
		   str_iis(uri.scheme, "tel"));
}

/* … or a service (RFC 5031). */
static bool
is_further_name(struct str v)
{
	return is_identity(v) || str_istarts(v, "urn:service:");
}

/* A user, a URI or a domain; commas are in URIs alone, though RFC 3261 25.1
 * has them in users: they are meant to part one from the next. */
static bool
is_whom(struct str v)
{
	return (str_chr(v, ':') >= 0 || str_chr(v, ',') < 0) &&
	       (is_identity(v) || is_served(v));
}

/* "ann" or "ann=billing,sales" */
static bool
is_staff(struct str v)
{
	struct str skills, name = str_cut(v, '=', &skills);

	if (!is_whom(name) || (name.n < v.n && skills.n == 0))
		return false;
	while (skills.n > 0)
		if (!chars_is_token(str_cut(skills, ',', &skills)))
			return false;
	return true;
}

/* The name of a node may have any letters (UTF-8). */
static bool
topology_form_is_name(struct str v)
{
	for (size_t i = 0; i < v.n; i++)
		if ((unsigned char)v.p[i] < 0x80 &&
		    !chars_are(v.p[i], CHARS_TOKEN))
			return false;
	return v.n > 0;
}

/* A user part as it is in a URI. */
static bool
is_user_part(struct str v)
{
	return v.n > 0 && chars_skip(v, 0, CHARS_UNRESERVED) == v.n;
}

/* "00=+": digits, or the beginning of a user, and the replacement */
static bool
is_rewrite(struct str v)
{
	struct str to, from = str_cut(v, '=', &to);

	return from.n > 0 && from.n < v.n && topology_form_is_name(from) &&
	       (to.n == 0 || topology_form_is_name(to));
}

/* "foo, bar;parameter" (RFC 6086 7.2), as it is in Recv-Info */
static bool
is_info_packages(struct str v)
{
	struct str params;
	bool packages = v.n > 0 && v.p[v.n - 1] != ',';

	while (packages && v.n > 0)
		packages = chars_is_token(str_trim(
		    str_cut(str_trim(str_cut(v, ',', &v)), ';', &params)));
	return packages;
}

/* "urn:uuid:…" (RFC 8141 2), between angle brackets in a Contact */
static bool
is_urn(struct str v)
{
	struct str rest, name;

	if (!str_istarts(v, "urn:") || chars_skip(v, 0, CHARS_URI) != v.n)
		return false;
	name = str_cut(str_slice(v, 4, v.n), ':', &rest);
	return chars_is_token(name) && rest.n > 0;
}

/* Whether there is such a file is said by who reads it. */
static bool
is_file(struct str v)
{
	return v.n > 0 && chars_is_line(v) && v.p[v.n - 1] != '/';
}

/* "Bob=sip:bob@example.com" */
static bool
is_phonebook_entry(struct str v)
{
	struct str uri, name = str_cut(v, '=', &uri);

	return str_trim(name).n > 0 && topology_form_is_sip_uri(str_trim(uri));
}

/* "interval=60" */
static bool
topology_form_is_setting(struct str v)
{
	return str_chr(v, '=') > 0;
}

static bool
is_digits(struct str v, size_t most)
{
	for (size_t i = 0; i < v.n; i++)
		if (!chr_is_digit(v.p[i]))
			return false;
	return v.n > 0 && v.n <= most;
}

#define NUMBER_MOST 32 /* digits */

/* "2125550101", "A1=8001" or a line without a number, "A1" */
static bool
is_telephone(struct str v)
{
	struct str number, name = str_cut(v, '=', &number);

	return name.n == v.n
		   ? is_digits(v, NUMBER_MOST)
		   : chars_is_token(name) && is_digits(number, NUMBER_MOST);
}

/* "2125550101:17", the cause as Q.850 numbers it */
static bool
topology_form_is_refusal(struct str v)
{
	struct str rest, to, number = str_cut(v, ':', &rest);
	struct str said = str_cut(rest, ':', &to);
	uint32_t cause;

	return is_digits(number, NUMBER_MOST) && str_u32(said, &cause) == 0 &&
	       cause > 0 && cause <= 127 &&
	       (said.n == rest.n ||
		   (cause == 22 && is_digits(to, NUMBER_MOST)));
}

/* "212:switch1"; without digits, of all numbers; at a proxy also "+1:gw1,gw2",
 * "sos:centre,+1911@gw1", "900:403".  check_word_of_routes judges the rest. */
static bool
is_route(struct str v)
{
	struct str to, name, prefix = str_cut(v, ':', &to);
	bool good = (prefix.n == 0 || chars_is_token(prefix)) && to.n > 0 &&
		    !str_ends(to, ",");

	while (good && to.n > 0) {
		struct str number = str_cut(str_cut(to, ',', &to), '@', &name);

		good =
		    name.n > 0
			? topology_form_is_name(name) &&
			      is_digits(str_slice(number,
					    str_starts(number, "+"), number.n),
				  NUMBER_MOST)
			: topology_form_is_name(number);
	}
	return good;
}

/* ITU-T E.164: one to three digits, the first no 0. */
static bool
is_country(struct str v)
{
	return is_digits(v, 3) && v.p[0] != '0';
}

/* RFC 2782: "10 60", of 16 bits each. */
static bool
is_srv(struct str v)
{
	struct str weight, priority = str_cut(v, ' ', &weight);
	uint32_t p, w;

	return str_u32(priority, &p) == 0 && str_u32(weight, &w) == 0 &&
	       p <= UINT16_MAX && w <= UINT16_MAX;
}

/* "presence:bob", whose package is one of the row's words. */
static bool
topology_form_is_subscription(struct str v)
{
	struct str whom, package = str_cut(v, ':', &whom);

	return package.n == v.n || is_whom(whom);
}

static bool
topology_form_within(const struct topology_attr_row *row, uint64_t v)
{
	uint64_t least, greatest;

	topology_attr_range(row, &least, &greatest);
	return v >= least && v <= greatest;
}

/* The same within the bounds of the row. */
#define READS_WITHIN(is_name, reader)                                          \
	static bool is_name(const struct topology_attr_row *row, struct str v) \
	{                                                                      \
		uint64_t read;                                                 \
		return reader(v, &read) == 0 &&                                \
		       topology_form_within(row, read);                        \
	}
READS_WITHIN(is_integer, str_u64)
READS_WITHIN(is_frequency, param_frequency)
READS_WITHIN(is_memory, param_size)
READS_WITHIN(is_factor, param_milli)

static bool
is_time(const struct topology_attr_row *row, struct str v)
{
	uint64_t least, greatest;
	int64_t ns;

	topology_attr_range(row, &least, &greatest);
	return param_time(v, &ns) == 0 && ns >= (int64_t)least * SIM_S;
}

static bool
is_time_or_never(const struct topology_attr_row *row, struct str v)
{
	return str_is(v, "never") || is_time(row, v);
}

static bool
topology_form_is_word(const struct topology_attr_row *row, struct str v)
{
	return str_has_word(str_of(row->arg), v) ||
	       (str_has_word(str_of(row->arg), STR("true")) && is_bool(v));
}

static bool
topology_form_is_sound(const struct topology_attr_row *row, struct str v)
{
	return str_has_word(str_of(row->arg), v) || wav_is_named(v);
}

static const struct form {
	bool (*is)(struct str v);
	/* The same, of what the row's words and numbers say of it. */
	bool (*suits)(const struct topology_attr_row *row, struct str v);
	const char *between; /* what parts several of that form; NULL: one */
} forms[] = {
	[TOPOLOGY_TYPE_TIME] = { .suits = is_time },
	[TOPOLOGY_TYPE_TIME_OR_NEVER] = { .suits = is_time_or_never },
	[TOPOLOGY_TYPE_DATE] = { .is = is_start },
	[TOPOLOGY_TYPE_RATE] = { .is = is_rate },
	[TOPOLOGY_TYPE_SHARE] = { .is = is_share },
	[TOPOLOGY_TYPE_QVALUE] = { .is = is_qvalue },
	[TOPOLOGY_TYPE_BOOL] = { .is = is_bool },
	[TOPOLOGY_TYPE_INTEGER] = { .suits = is_integer },
	[TOPOLOGY_TYPE_FREQUENCY] = { .suits = is_frequency },
	[TOPOLOGY_TYPE_MEMORY] = { .suits = is_memory },
	[TOPOLOGY_TYPE_FACTOR] = { .suits = is_factor },
	[TOPOLOGY_TYPE_WORD] = { .suits = topology_form_is_word },
	[TOPOLOGY_TYPE_SOUND] = { .suits = topology_form_is_sound },
	[TOPOLOGY_TYPE_ADDRESS] = { .is = is_address },
	[TOPOLOGY_TYPE_FACES] = { .is = is_faces },
	[TOPOLOGY_TYPE_URI] = { .is = topology_form_is_sip_uri },
	[TOPOLOGY_TYPE_HOST] = { .is = topology_form_is_host },
	[TOPOLOGY_TYPE_ACCOUNTS] = { .is = is_account, .between = " " },
	[TOPOLOGY_TYPE_CIRCUITS] = { .is = is_circuit_range, .between = " " },
	[TOPOLOGY_TYPE_SIM] = { .is = is_sim },
	[TOPOLOGY_TYPE_CERTIFICATE] = { .is = node_is_certificate },
	/* More is judged by judge_serves. */
	[TOPOLOGY_TYPE_SERVES] = { .is = is_serves },
	[TOPOLOGY_TYPE_HOURS] = { .is = is_hours, .between = " " },
	[TOPOLOGY_TYPE_FIELDS] = { .is = chars_is_token, .between = " " },
	[TOPOLOGY_TYPE_REWRITES] = { .is = is_rewrite, .between = " " },
	[TOPOLOGY_TYPE_OPTION_TAG] = { .is = chars_is_token },
	[TOPOLOGY_TYPE_URIS] = { .is = is_further_name, .between = " " },
	[TOPOLOGY_TYPE_WHOM] = { .is = is_whom, .between = " " },
	[TOPOLOGY_TYPE_STAFF] = { .is = is_staff, .between = " " },
	[TOPOLOGY_TYPE_TRUST] = { .is = topology_form_is_name, .between = " " },
	[TOPOLOGY_TYPE_ROOMS] = { .is = is_user_part, .between = " " },
	[TOPOLOGY_TYPE_NETWORKS] = { .is = chars_is_token, .between = " " },
	[TOPOLOGY_TYPE_INFO_PACKAGES] = { .is = is_info_packages },
	[TOPOLOGY_TYPE_URN] = { .is = is_urn },
	[TOPOLOGY_TYPE_FILE] = { .is = is_file },
	[TOPOLOGY_TYPE_FILES] = { .is = is_file, .between = " " },
	[TOPOLOGY_TYPE_PHONEBOOK] = { .is = is_phonebook_entry,
	    .between = ";" },
	[TOPOLOGY_TYPE_SETTINGS] = { .is = topology_form_is_setting,
	    .between = " " },
	[TOPOLOGY_TYPE_TELEPHONES] = { .is = is_telephone, .between = " " },
	[TOPOLOGY_TYPE_REFUSALS] = { .is = topology_form_is_refusal,
	    .between = " " },
	[TOPOLOGY_TYPE_ROUTES] = { .is = is_route, .between = " " },
	[TOPOLOGY_TYPE_COUNTRY] = { .is = is_country },
	[TOPOLOGY_TYPE_SRV] = { .is = is_srv },
	[TOPOLOGY_TYPE_LIES] = { .is = dns_is_lie, .between = " " },
	[TOPOLOGY_TYPE_DIGIT_MAP] = { .is = megaco_is_map },
	/* The words are judged by judge_words. */
	[TOPOLOGY_TYPE_WORDS] = { .between = " ," },
	[TOPOLOGY_TYPE_PRIVACY] = { .between = " ;" },
	[TOPOLOGY_TYPE_SUBSCRIPTIONS] = { .is = topology_form_is_subscription,
	    .between = " " },
	[TOPOLOGY_TYPE_ROLES] = { 0 }, /* by topology_judge_roles */
	/* When all nodes are known. */
	[TOPOLOGY_TYPE_NODE_NAME] = { 0 },
	[TOPOLOGY_TYPE_NODE_NAMES] = { 0 },
	[TOPOLOGY_TYPE_FREE] = { 0 },
};

struct str
topology_cut_item(enum topology_type type, struct str *rest)
{
	const char *between = forms[type].between;
	size_t n = 0;
	struct str item;

	while (rest->n > 0 && strchr(between, rest->p[0]) != NULL)
		*rest = str_slice(*rest, 1, rest->n);
	while (n < rest->n && strchr(between, rest->p[n]) == NULL)
		n++;
	item = str_slice(*rest, 0, n);
	*rest = str_slice(*rest, n, rest->n);
	return item;
}

bool
topology_has_form(
    const struct topology_attr_row *row, struct str v, struct str *wrong)
{
	const struct form *f = &forms[row->type];

	*wrong = v;
	if (f->suits != NULL)
		return f->suits(row, v);
	if (f->is == NULL)
		return true;
	if (f->between == NULL)
		return f->is(v);
	while ((*wrong = topology_cut_item(row->type, &v)).n > 0)
		if (!f->is(*wrong))
			return false;
	return true;
}

/* ---- The tables of synonyms ---- */

const struct param_synonym synonyms_of_verbs[] = {
	{ "call", "invite" },
	{ "dial", "invite" },
	{ "ring_up", "invite" },
	{ "hangup", "bye" },
	{ "hang_up", "bye" },
	{ "hang", "bye" },
	{ "end", "bye" },
	{ "accept", "answer" },
	{ "pickup", "answer" },
	{ "pick_up", "answer" },
	{ "decline", "reject" },
	{ "refuse", "reject" },
	{ "text", "message" },
	{ "sms", "message" },
	{ "reboot", "restart" },
	{ "kill", "crash" },
	{ "on_call", "on" },
	{ NULL, NULL },
};

const struct param_synonym synonyms_of_states[] = {
	{ "answered", "confirmed" },
	{ "accepted", "confirmed" },
	{ "connected", "confirmed" },
	{ "established", "confirmed" },
	{ "active", "confirmed" },
	{ "alerting", "early" },
	{ "ringing", "early" },
	{ "trying", "proceeding" },
	{ "closed", "terminated" },
	{ "ended", "terminated" },
	{ "failed", "terminated" },
	{ "finished", "terminated" },
	{ "over", "terminated" },
	{ NULL, NULL },
};

const struct param_synonym synonyms_of_roles[] = {
	{ "phone", "ua" },
	{ "user-agent", "ua" },
	{ "useragent", "ua" },
	{ "caller", "ua" },
	{ "callee", "ua" },
	{ "uac", "ua" },
	{ "uas", "ua" },
	{ "client", "ua" },
	{ "user", "ua" },
	{ "terminal", "ua" },
	{ "endpoint", "ua" },
	{ "softphone", "ua" },
	{ "server", "proxy" },
	{ "pbx", "proxy" },
	{ "ivr", "menu" },
	{ "mcu", "conference" },
	{ "firewall", "nat" },
	{ "exchange", "switch" },
	{ NULL, NULL },
};

const struct param_synonym synonyms_of_codecs[] = {
	{ "g711", "PCMU" },
	{ "g.711", "PCMU" },
	{ "g711u", "PCMU" },
	{ "ulaw", "PCMU" },
	{ "g711a", "PCMA" },
	{ "alaw", "PCMA" },
	{ NULL, NULL },
};

const struct param_synonym synonyms_of_attributes[] = {
	{ "latency", "delay" },
	{ "bandwidth", "rate" },
	{ "speed", "rate" },
	{ "packet_loss", "loss" },
	{ "dnd", "do_not_disturb" },
	{ "port", "addr" },
	{ "ip", "addr" },
	{ "host", "addr" },
	{ "address", "addr" },
	{ "type", "role" },
	{ "user", "aor" },
	{ "username", "aor" },
	{ "uri", "aor" },
	{ "number", "aor" },
	{ "secret", "password" },
	{ "pass", "password" },
	{ "pwd", "password" },
	{ "realm", "domain" },
	{ "proxy", "outbound" },
	{ "outbound_proxy", "outbound" },
	{ "protocol", "transport" },
	{ "name", "label" },
	{ "displayname", "label" },
	{ "display_name", "label" },
	{ "extension", "aor" },
	{ "sip", "aor" },
	{ "rtp", "media" },
	{ "audio", "media" },
	{ "voice", "media" },
	{ "autoanswer", "answer" },
	{ "auto_answer", "answer" },
	{ "server", "outbound" },
	{ NULL, NULL },
};
