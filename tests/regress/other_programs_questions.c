/*
 * A capture of a host shows what its other programs ask a name server, and what
 * keeps a NAT's binding open beside a call: neither is a question of SIP, and
 * both were findings.  Beside each stands one of SIP's, which is found.
 */
#include "fixtures/inspect_check.h"
#include "fixtures/inspect_scene.h"

#define SPEAK                                                               \
	"0 a>b INVITE sdp=1 port=3478\n10 b>a 200/INVITE sdp=1 port=3478\n" \
	"20 a>b ACK in\n"
#define LATER "70000 a>b BYE in cs=2\n70001 b>a 200/BYE\n"
#define ASKS(type, name)                                   \
	"30 a>r other dns query | 12340100000100000000000" \
	"0" name "00" type "0001\n"
#define TELLS(type, name, records)                         \
	"40 r>a other dns answer | 1234818000010001000000" \
	"00" name "00" type "0001" records "\n"
#define LABEL_EXAMPLE "076578616d706c65"
#define B_EXAMPLE     "0162" LABEL_EXAMPLE /* b.example: in each URI */
#define W_EXAMPLE     "0177" LABEL_EXAMPLE /* w.example: in none */
#define SIP_UDP       "045f736970045f756470"
#define LDAP_TCP      "055f6c646170045f746370"
#define ENUM_1           \
	"01310465313634" \
	"0461727061"
#define A     "0001"
#define SRV   "0021"
#define NAPTR "0023"
/* Its name again, type, class, TTL 60, 0 0 5060 w.example. */
#define SRV_W          \
	"c00c00210001" \
	"0000003c0011" \
	"0000000013c4" W_EXAMPLE "00"
#define BINDING(to)                                         \
	"30 a>" to " other stun Binding request | 00010000" \
	"2112a4426162636465666768696a6b6c\n"

static const struct {
	const char *what, *scene, *want;
} rows[] = {
	{ "a name of another program", SPEAK ASKS(A, W_EXAMPLE) LATER, "" },
	{ "a name of a URI", SPEAK ASKS(A, B_EXAMPLE) LATER, "dns-give-up" },
	{ "a name of a URI, late",
	    SPEAK ASKS(A, B_EXAMPLE) "4000 r>a other dns answer | "
				     "12348180000100000000"
				     "0000" B_EXAMPLE "00" A "0001\n",
	    "dns-slow" },
	{ "another's, late",
	    SPEAK ASKS(A, W_EXAMPLE) "4000 r>a other dns answer | "
				     "12348180000100000000"
				     "0000" W_EXAMPLE "00" A "0001\n",
	    "" },
	{ "a directory", SPEAK ASKS(SRV, LDAP_TCP W_EXAMPLE) LATER, "" },
	{ "a domain's servers", SPEAK ASKS(SRV, SIP_UDP W_EXAMPLE) LATER,
	    "dns-give-up" },
	{ "their names",
	    SPEAK ASKS(SRV, SIP_UDP W_EXAMPLE) TELLS(SRV, SIP_UDP W_EXAMPLE,
		SRV_W) "50 a>r other dns query | 12350100000100000000"
		       "0000" W_EXAMPLE "00" A "0001\n" LATER,
	    "dns-give-up" },
	{ "how a domain is reached", SPEAK ASKS(NAPTR, B_EXAMPLE) LATER,
	    "dns-give-up" },
	{ "another domain", SPEAK ASKS(NAPTR, W_EXAMPLE) LATER, "" },
	{ "a number", SPEAK ASKS(NAPTR, ENUM_1) LATER, "dns-give-up" },
	{ "an answer to a question of nobody's",
	    SPEAK ASKS(A, W_EXAMPLE) TELLS(SRV, LDAP_TCP W_EXAMPLE, SRV_W)
		LATER,
	    "" },
	{ "a poisoned one",
	    SPEAK ASKS(A, B_EXAMPLE) TELLS(SRV, LDAP_TCP W_EXAMPLE, SRV_W)
		LATER,
	    "dns-not-asked" },
	{ "a binding kept open beside media", SPEAK BINDING("b") LATER, "" },
	{ "a STUN server", SPEAK BINDING("r") LATER, "stun-silent" },
};

static void
questions_of_sip(void)
{
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct buf out = BUF_INIT, rules = BUF_INIT;
		struct diag d = DIAG_INIT;
		struct inspect *in;
		struct trace *t;

		scene_write(rows[i].scene, false, &out);
		CU_ASSERT_EQUAL_FATAL(trace_load_buf(&t, &out, "scene", &d), 0);
		in = inspect_trace(t, "scene");
		put_rules(in, false, &rules);
		if (!str_is(buf_view(&rules), rows[i].want))
			printf("BAD %s: \"%s\" instead of \"%s\"\n",
			    rows[i].what, buf_cstr(&rules), rows[i].want);
		CU_ASSERT(str_is(buf_view(&rules), rows[i].want));
		inspect_destroy(in);
		trace_destroy(t);
		buf_free(&rules);
	}
}

CHECK_MAIN("other programs' questions",
    { "those of SIP are judged", questions_of_sip })
