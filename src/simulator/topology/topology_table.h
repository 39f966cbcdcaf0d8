/*
 * The table of attributes, and what it and that of roles say of a name and a
 * value.  See topology_attrs.h and role/rows.h for the rows.
 */
#ifndef TOPOLOGY_TOPOLOGY_TABLE_H
#define TOPOLOGY_TOPOLOGY_TABLE_H

#include "base/diag.h"
#include "topology/topology_attrs.h"
#include "topology/topology_setting.h"
#include "sip/sdp_codecs.h"

enum topology_owner {
	TOPOLOGY_GRAPH = 1,
	TOPOLOGY_CLUSTER = 2,
	TOPOLOGY_NODE = 4,
	TOPOLOGY_EDGE = 8,
};

/* The forms of values and how a sentence calls what was expected. */
#define TOPOLOGY_TYPES(X)                                                      \
	X(TIME, N_("a time such as \"2s\", \"20ms\" or \"1h\""))               \
	X(TIME_OR_NEVER, N_("a time such as \"2s\", or never"))                \
	X(DATE, N_("a date such as \"2026-03-02T08:00:00+08:00\""))            \
	X(RATE, N_("a rate such as \"64kbit\" or \"10mbit\""))                 \
	X(SHARE, N_("a share such as \"1%\" or 0.01, at most \"100%\""))       \
	X(QVALUE, N_("a number from 0 to 1"))                                  \
	X(BOOL, N_("true or false"))                                           \
	X(INTEGER, N_("a whole number"))                                       \
	X(WORD, N_("one of the words"))                                        \
	X(WORDS, N_("names with spaces between"))                              \
	X(ROLES, N_("roles with spaces between"))                              \
	X(SERVES, N_("roles and the users or domains of each, such as "        \
		     "\"redirect=carol proxy=b.example\""))                    \
	X(SOUND, N_("speech, tone, silence or a file such as "                 \
		    "\"voice.wav\""))                                          \
	X(NODE_NAME, N_("the name of a node"))                                 \
	X(NODE_NAMES, N_("names of nodes with spaces between"))                \
	X(ADDRESS, N_("an IP address such as \"192.0.2.1\" or "                \
		      "\"192.0.2.1:5070\""))                                   \
	X(FACES, N_("faces such as \"inside=10.0.0.1 "                         \
		    "outside=192.0.2.7\""))                                    \
	X(URI, N_("a SIP URI such as \"sip:bob@example.com\""))                \
	X(HOST, N_("a domain name such as \"example.com\""))                   \
	X(FREQUENCY, N_("a frequency such as \"203MHz\""))                     \
	X(MEMORY, N_("a size of memory such as \"64MB\" or \"512KB\""))        \
	X(FACTOR, N_("a number such as 1.5"))                                  \
	X(ACCOUNTS, N_("accounts such as \"bob:secret@example.com\""))         \
	X(CERTIFICATE, N_("words such as \"name=a.example issuer=CA "          \
			  "until=2021-01-01\""))                               \
	X(SIM, N_("words such as \"impi=bob@a.example k=… opc=… "          \
		  "sqn=000000000000\", keys of 32 hexadecimal digits"))        \
	X(CIRCUITS, N_("a neighbour and numbers up to 4095, such as "          \
		       "\"switch1:1-30\""))                                    \
	X(HOURS, N_("times of day such as \"08:00-12:00 13:00-18:00\""))       \
	X(FIELDS, N_("names of header fields with spaces between"))            \
	X(REWRITES, N_("beginnings of numbers and what replaces them such as " \
		       "\"00=+ 0=+49\""))                                      \
	X(OPTION_TAG, N_("one option tag such as timer"))                      \
	X(URIS, N_("SIP or tel URIs with spaces between such as "              \
		   "\"sip:bob@example.com tel:+15550001\""))                   \
	X(WHOM, N_("users, URIs or domains with spaces between such as \"bob " \
		   "sip:carol@b.example\""))                                   \
	X(STAFF, N_("users and what each can do such as \"ann=billing,sales "  \
		    "bob\""))                                                  \
	X(TRUST, N_("names of nodes and domains with spaces between"))         \
	X(ROOMS, N_("user parts of URIs with spaces between such as "          \
		    "\"lecture sales\""))                                      \
	X(NETWORKS, N_("names of networks with spaces between such as "        \
		       "\"visited.example\""))                                 \
	X(INFO_PACKAGES, N_("names of Info Packages with commas between"))     \
	X(PRIVACY, N_("values of Privacy such as id or \"id;critical\""))      \
	X(SUBSCRIPTIONS,                                                       \
	    N_("packages and whose such as \"presence:bob reg\""))             \
	X(URN, N_("a URN such as "                                             \
		  "\"urn:uuid:f81d4fae-7dec-11d0-a765-00a0c91e6bf6\""))        \
	X(FILE, N_("the name of a file"))                                      \
	X(FILES, N_("names of files with spaces between"))                     \
	X(PHONEBOOK,                                                           \
	    N_("names and SIP URIs such as \"Bob=sip:bob@example.com; "        \
	       "Carol=sip:carol@example.com\""))                               \
	X(SETTINGS,                                                            \
	    N_("names and values such as \"interval=60 password=pw\""))        \
	X(TELEPHONES,                                                          \
	    N_("numbers such as \"2125550101 2125550102\", at a media "        \
	       "gateway lines and numbers such as \"A1=8001\""))               \
	X(REFUSALS,                                                            \
	    N_("numbers and causes from 1 to 127 such as \"2125550101:17\""))  \
	X(ROUTES, N_("beginnings of numbers and neighbours such as "           \
		     "\"212:switch1\", at a proxy nodes such as "              \
		     "\"+1212:gw1,gw2\""))                                     \
	X(COUNTRY, N_("a country code such as 1 or 49"))                       \
	X(SRV, N_("a priority and a weight such as \"10 60\""))                \
	X(LIES, N_("names with addresses such as "                             \
		   "\"sip1.example.com=192.0.2.66\""))                         \
	X(DIGIT_MAP, N_("patterns of digits such as \"([2-8]xxx)\""))          \
	X(FREE, N_("any text"))

enum topology_type {
#define X(id, text) TOPOLOGY_TYPE_##id,
	TOPOLOGY_TYPES(X)
#undef X
};

enum topology_attr_id {
#define X(name, owner, roles, type, arg, now, dflt, text) TOPOLOGY_ATTR_##name,
	TOPOLOGY_ATTRS(X)
#undef X
	    TOPOLOGY_NATTRS
};

struct topology_attr_row {
	const char *name;
	unsigned owners; /* of enum topology_owner, and EXPERIMENTAL */
	uint64_t roles;  /* a set of them; 0: any node */
	enum topology_type type;
	const char *arg;
	const char *now;  /* values this version has: NULL all, "" none */
	const char *dflt; /* "": none */
	const char *text; /* to be translated */
};
extern const struct topology_attr_row topology_attr_rows[TOPOLOGY_NATTRS];

/* What a value of TYPE looks like, in the user's language. */
const char *topology_type_text(enum topology_type type);

/* What a sentence is about and where it stands. */
struct topology_at {
	struct diag *d;
	struct diag
	    *doubt; /* for the warning about a probable mistake, or NULL */
	const char *file;
	unsigned line;
	const struct topology_setting *setting; /* or NULL */
	enum topology_owner owner;
	struct str a, b; /* node, or ends of a link; may be empty */
	uint64_t roles;  /* role_is of a node; 0 where they are not known */
};

/* "node bob: TEXT", "--set bob.x=1: node bob: TEXT", or with "vary { … }: " of
 * a setting that a check.lua drew; returns ERR. */
int topology_say(const struct topology_at *at, int err, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));

/* S cut to what a sentence can bear, for "%.*s". */
struct str topology_shown(struct str s);

/* The row of NAME, or -1. */
int topology_attr_find(struct str name);
/* The nearest to NAME of rung's own names that AT may have and of Graphviz's,
 * of two as near the own one; or NULL. */
const char *topology_attr_meant(const struct topology_at *at, struct str name);
/* 0, or a sentence about NAME, of row I: unknown, or another owner's.  What it
 * suggests takes VALUE, empty for none. */
int topology_judge_name(
    const struct topology_at *at, int i, struct str name, struct str value);
/* 0, or a sentence: not of its form, or not in this version. */
int topology_judge_value(const struct topology_at *at,
    const struct topology_attr_row *row, struct str value);
/* Writes to OUT what VALUE, which ROW can't have, is meant to be; false: none
 * of the forms that people use. */
bool topology_value_meant(
    const struct topology_attr_row *row, struct str value, struct buf *out);
/* VALUE has no unit, and was hardly meant so: D says what it is now. */
bool topology_warns_value(
    struct diag *d, const struct topology_attr_row *row, struct str value);
/* V, the value of `start`, is meant as a date, not for Graphviz. */
bool topology_is_date(struct str v);
/* V has the form of ROW's type, as far as that is told by V alone
 * (topology_forms.c); otherwise WRONG is what has not, V or one of several. */
bool topology_has_form(
    const struct topology_attr_row *row, struct str v, struct str *wrong);
/* Cuts the next of several values off REST, of a TYPE of which several are in
 * one; empty where there is none. */
struct str topology_cut_item(enum topology_type type, struct str *rest);
/* Reads role words into what they are (role_is); 0 or a sentence. */
int topology_judge_roles(
    const struct topology_at *at, struct str words, uint64_t *roles);

/* The least and the greatest of an INTEGER row; of a time the least in seconds,
 * and the greatest number without a unit that is not doubted. */
void topology_attr_range(
    const struct topology_attr_row *row, uint64_t *least, uint64_t *greatest);

#endif
