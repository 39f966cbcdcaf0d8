/* The forms that values of attributes have; see topology/topology_table.h. */
#include "topology/topology_table.h"

#include "base/dates.h"
#include "node/security.h"
#include "node/serves.h"
#include "node/uri.h"
#include "sip/aka.h"
#include "topology/synonyms.h"
#include "topology/topology.h"
#include "sound/wav.h"

/* Labels of 63 bytes at most (RFC 1035 2.3.4); the root's may stand behind. */
static bool
is_host(struct str s)
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
is_sip_uri(struct str s)
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

/* "name:password@realm" or "name:password", several with spaces between. */
static bool
is_accounts(struct str s)
{
	while (s.n > 0) {
		struct str word = str_cut(s, ' ', &s);

		if (word.n > 0 && str_chr(word, ':') <= 0)
			return false;
	}
	return true;
}

/* "switch1:1-30" or "switch1:7", several with spaces between. */
static bool
is_circuits(struct str s)
{
	while (s.n > 0) {
		struct str range, last, word = str_cut(s, ' ', &s);
		struct str name = str_cut(word, ':', &range);
		struct str first = str_cut(range, '-', &last);
		uint32_t from, to;

		if (word.n == 0)
			continue;
		if (first.n == range.n)
			last = first;
		if (name.n == 0 || str_u32(first, &from) != 0 ||
		    str_u32(last, &to) != 0 || from > to || to > 4095)
			return false;
	}
	return true;
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
	struct buf aor = BUF_INIT;
	bool served = node_serves_domain(whom)
			  ? is_host(whom)
			  : node_write_aor(whom, "b.example", &aor) == 0;

	buf_free(&aor);
	return served;
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

static bool
within(const struct topology_attr_row *row, uint64_t v)
{
	uint64_t least, greatest;

	topology_attr_range(row, &least, &greatest);
	return v >= least && v <= greatest;
}

/* Graphviz has a `start`, too: a word, a number, or both. */
bool
topology_is_date(struct str v)
{
	uint64_t seed;

	return v.n > 0 && !chr_is_alpha(v.p[0]) && str_u64(v, &seed) != 0;
}

bool
topology_has_form(const struct topology_attr_row *row, struct str v)
{
	struct addr addr;
	uint64_t u;
	int64_t ns;
	double share;
	bool b;

	switch (row->type) {
	case TOPOLOGY_TYPE_TIME_OR_NEVER:
		return str_is(v, "never") || param_time(v, &ns) == 0;
	case TOPOLOGY_TYPE_TIME:
		return param_time(v, &ns) == 0;
	case TOPOLOGY_TYPE_DATE:
		return !topology_is_date(v) || date_read(v, &ns) == 0;
	case TOPOLOGY_TYPE_RATE:
		return param_rate(v, &u) == 0;
	case TOPOLOGY_TYPE_SHARE:
		return param_share(v, &share) == 0;
	case TOPOLOGY_TYPE_QVALUE:
		return is_qvalue(v);
	case TOPOLOGY_TYPE_BOOL:
		return param_bool(v, &b) == 0;
	case TOPOLOGY_TYPE_INTEGER:
		return str_u64(v, &u) == 0 && within(row, u);
	case TOPOLOGY_TYPE_FREQUENCY:
		return param_frequency(v, &u) == 0 && within(row, u);
	case TOPOLOGY_TYPE_MEMORY:
		return param_size(v, &u) == 0 && within(row, u);
	case TOPOLOGY_TYPE_FACTOR:
		return param_milli(v, &u) == 0 && within(row, u);
	case TOPOLOGY_TYPE_WORD:
		return str_has_word(str_of(row->arg), v) ||
		       (str_has_word(str_of(row->arg), STR("true")) &&
			   param_bool(v, &b) == 0);
	case TOPOLOGY_TYPE_SOUND:
		return str_has_word(str_of(row->arg), v) || wav_is_named(v);
	case TOPOLOGY_TYPE_ADDRESS:
		return addr_parse(v, &addr) == 0;
	case TOPOLOGY_TYPE_FACES:
		return is_faces(v);
	case TOPOLOGY_TYPE_URI:
		return is_sip_uri(v);
	case TOPOLOGY_TYPE_HOST:
		return is_host(v);
	case TOPOLOGY_TYPE_ACCOUNTS:
		return is_accounts(v);
	case TOPOLOGY_TYPE_CIRCUITS:
		return is_circuits(v);
	case TOPOLOGY_TYPE_SIM:
		return is_sim(v);
	case TOPOLOGY_TYPE_CERTIFICATE:
		return node_is_certificate(v);
	case TOPOLOGY_TYPE_SERVES: /* more is judged by judge_serves */
		return is_serves(v);
	case TOPOLOGY_TYPE_WORDS:     /* judged by judge_words */
	case TOPOLOGY_TYPE_ROLES:     /* judged by topology_judge_roles */
	case TOPOLOGY_TYPE_NODE_NAME: /* judged when all nodes are known */
	case TOPOLOGY_TYPE_NODE_NAMES:
	case TOPOLOGY_TYPE_TEXT:
		break;
	}
	return true;
}
