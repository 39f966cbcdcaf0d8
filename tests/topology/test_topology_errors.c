/* Topology files: every kind of mistake and its sentence. */
#include "fixtures/check.h"
#include "text/utf8.h"

#include "base/err.h"
#include "topology/topology.h"

#include <string.h>

#define ROLES                                                              \
	"; there are ua, proxy, registrar, location, redirect, presence, " \
	"b2bua, sbc, queue, controller, gateway, switch, dns, handset, "   \
	"voicemail, conference, script, menu, nat, stun, hss, mgc, mg"

/* The sentence for TEXT with one setting (or NULL). */
static void
expect_bytes(struct str text, const char *setting, int err, const char *want)
{
	struct diag d = DIAG_INIT;
	LOCAL_BUF out = BUF_INIT;
	struct topology *t;
	const struct topology_setting set = { .text = setting };
	int got = topology_read(&t, text, "t.gv", &set, setting != NULL, &d);

	diag_write(&d, &out);
	if (got != err || strcmp(buf_cstr(&out), want) != 0)
		printf("  BAD  %d %s\n  want %d %s\n", got, buf_cstr(&out), err,
		    want);
	CU_ASSERT_EQUAL(got, err);
	CU_ASSERT_EQUAL(d.err, err);
	CU_ASSERT_STRING_EQUAL(buf_cstr(&out), want);
	CU_ASSERT_PTR_NULL(t);
	topology_drop(t);
}

struct mistake {
	const char *text;
	const char *want;
};

static void
expect_all(const struct mistake *m, size_t n, int err)
{
	for (size_t i = 0; i < n; i++)
		expect_bytes(str_of(m[i].text), NULL, err, m[i].want);
}

#define EXPECT(err, ...)                                           \
	do {                                                       \
		static const struct mistake m[] = { __VA_ARGS__ }; \
                                                                   \
		expect_all(m, sizeof(m) / sizeof(m[0]), err);      \
	} while (0)

#define LABEL_64                           \
	"0123456789abcdef0123456789abcdef" \
	"0123456789abcdef0123456789abcdef"
#define CERTIFICATE(value)                                                      \
	{                                                                       \
		"graph { bob [role=ua, certificate=\"" value "\"] }",           \
		    "t.gv:1: node bob: certificate is “" value "”, expected " \
		    "words such as \"name=a.example issuer=CA "                 \
		    "until=2021-01-01\""                                        \
	}

/* clang-format off */
static void
syntax(void)
{
	EXPECT(ERR_SYNTAX,
	    { "graph {\n a\n b ]\n}", "t.gv:3: syntax error near “]”" },
	    { "graph {\n a -- }", "t.gv:2: a node is missing after --" },
	    { "graph {\n a [role=]", "t.gv:2: role= has no value" },
	    { "graph {\n a [role ua]}", "t.gv:2: = is missing: role=ua" },
	    { "graph {\n a [label=\"x\ny\"]\n ]", "t.gv:4: syntax error near “]”" },
	    { "graph {\n a\n", "t.gv:1: the { in line 1 has no }" },
	    { "graph { a }\n}", "t.gv:2: syntax error near “}”" },
	    { "graph { a }\ngraph { b }", "t.gv:2: a file contains only one graph" },
	    { "node [role=ua]", "t.gv:1: syntax error near “node”" },
	    { "graph {\n node -- a }", "t.gv:2: syntax error near “--”" },
	    { "graph {\n subgraph s\n -- a }", "t.gv:3: begin a comment with //, and a link with a node: a -- b" },
	    { "graph {\n a [@x] }", "t.gv:2: syntax error near “@”" },
	    { "graph { \x01 }", "t.gv:1: syntax error near “\xe2\x90\x81”" },
	    { "", "t.gv: the file contains no graph" },
	    { " /* x */ ", "t.gv: the file contains no graph" },
	    { "graph { }", "t.gv: the graph has no nodes" },
	    { "\ngraph {\n a [label=\"x]\n}", "t.gv:3: this string has no end: \" is missing" },
	    { "graph {\n /* a\n }", "t.gv:2: this comment has no end: */ is missing" },
	    { "graph { a [label=<<b>]}", "t.gv:1: this HTML string has no end: > is missing" },
	    { "graph { a [label=<<!-- -->>]}", "t.gv:1: comments in HTML strings are not supported" },
	    { "digraph {\n a -> b }", "t.gv:1: this graph is directed, but a topology is undirected; write graph instead of digraph" },
	    { "graph {\n a -> b }", "t.gv:2: links have no direction here; write -- instead of ->" },
	    { "graph {\n a -- b [delay=20ms] }", "t.gv:2: 20ms needs quotes around it: \"20ms\"" },
	    { "graph {\n a -- b [loss=1%] }", "t.gv:2: 1% needs quotes around it: \"1%\"" },
	    { "graph { a [addr=192.0.2.1] }", "t.gv:1: 192.0.2.1 needs quotes around it: \"192.0.2.1\"" },
	    { "graph { a [aor=sip:a@b.example] }", "t.gv:1: sip:a@b.example needs quotes around it: \"sip:a@b.example\"" },
	    { "graph {\n a [color=#ff0000] }", "t.gv:2: #ff0000 needs quotes around it: \"#ff0000\"" },
	    { "graph { a -- b#c\n }", "t.gv:1: b#c needs quotes around it: \"b#c\"" },
	    { "graph { domain=a.example }", "t.gv:1: a.example needs quotes around it: \"a.example\"" },
	    { "graph { a -- proxy-1 }", "t.gv:1: proxy-1 needs quotes around it: \"proxy-1\"" },
	    { "graph {\n {a} [role=ua] }", "t.gv:2: write the attributes of a subgraph inside its braces" });
}

static void
names(void)
{
	EXPECT(ERR_SYNTAX,
	    { "graph {\n \"a b\" }", "t.gv:2: “a b” can't be the name of a node; use letters, digits, “_”, “.” and “-”, at most 63" },
	    { "graph { \"\" }", "t.gv:1: “” can't be the name of a node; use letters, digits, “_”, “.” and “-”, at most 63" },
	    { "graph { a; <a> }", "t.gv:1: an HTML string can't be a node's name" },
	    { "graph {\n bob [anwser=\"2s\"] }", "t.gv:2: node bob: unknown attribute “anwser”; did you mean “answer”?" },
	    { "graph {\n bob [role=ua,\n shap=box] }", "t.gv:3: node bob: unknown attribute “shap”; did you mean “shape”?" },
	    { "graph { bob [xyzzyxyzzy=1] }", "t.gv:1: node bob: unknown attribute “xyzzyxyzzy”" },
	    { "graph { node [rol=ua] a }", "t.gv:1: node [...]: unknown attribute “rol”; did you mean “role”?" },
	    { "graph { edge [dely=1] a }", "t.gv:1: edge [...]: unknown attribute “dely”; did you mean “delay”?" },
	    { "graph { sed=1 a }", "t.gv:1: graph: unknown attribute “sed”; did you mean “seed”?" },
	    { "graph { subgraph cluster_x { domian=\"x.example\" a } }", "t.gv:1: subgraph cluster_x: unknown attribute “domian”; did you mean “domain”?" },
	    { "graph { a -- b -- c [lost=1] }", "t.gv:1: link a -- b: unknown attribute “lost”; did you mean “loss”?" },
	    { "graph { bob [delay=1] }", "t.gv:1: node bob: delay belongs to links" },
	    { "graph { a; {loss=\"5%\" b} }",
		"t.gv:1: subgraph {...}: loss belongs to links" },
	    { "graph { a -- b [answer=1] }", "t.gv:1: link a -- b: answer belongs to nodes" },
	    { "graph { a [seed=1] }", "t.gv:1: node a: seed belongs to the graph" },
	    { "graph { a -- b [domain=x] }", "t.gv:1: link a -- b: domain belongs to the graph, clusters and nodes" },
	    { "graph { subgraph lans { domain=x a } }", "t.gv:1: subgraph lans: only clusters can have a domain; the name of a cluster begins with \"cluster\"" },
	    { "graph { subgraph cluster_a { seed=1 a } }", "t.gv:1: subgraph cluster_a: seed belongs to the graph" });
}

static void
values(void)
{
	EXPECT(ERR_SYNTAX,
	    { "graph {\n bob [role=ua,\n answer=\"2 sec\"] }", "t.gv:3: node bob: answer is “2 sec”: seconds are written 5s; did you mean “2s”?" },
	    { "graph { bob [role=ua, accounts=foo] }", "t.gv:1: node bob: accounts is “foo”, expected accounts such as \"bob:secret@example.com\"" },
	    { "graph { bob [role=ua, accounts=\"a:b@c  :d\"] }", "t.gv:1: node bob: accounts is “:d”, expected accounts such as \"bob:secret@example.com\"" },
	    { "graph { bob [role=ua, hangup=never] }", "t.gv:1: node bob: hangup is “never”, expected a time such as \"2s\", \"20ms\" or \"1h\"" },
	    { "graph { bob [role=ua, busy=maybe] }", "t.gv:1: node bob: busy is “maybe”, expected true or false" },
	    { "graph { bob [role=ua, q=2] }", "t.gv:1: node bob: q is “2”, expected a number from 0 to 1" },
	    { "graph { bob [role=ua, transport=udb] }", "t.gv:1: node bob: transport is “udb”, expected one of: udp tcp tls ws wss; did you mean “udp”?" },
	    { "graph { p [role=\"proxy location\", auth=maybe] }", "t.gv:1: node p: auth is “maybe”, expected one of: false true all" },
	    { "graph { bob [role=ua, transport=yes] }", "t.gv:1: node bob: transport is “yes”, expected one of: udp tcp tls ws wss" },
	    { "graph { bob [role=ua, aor=\"bob\"] }", "t.gv:1: node bob: aor is “bob”, expected a SIP URI such as \"sip:bob@example.com\"; did you mean “sip:bob@example.com”?" },
	    { "graph { bob [role=ua, contact=\"tel:123\"] }", "t.gv:1: node bob: contact is “tel:123”, expected a SIP URI such as \"sip:bob@example.com\"" },
	    { "graph { bob [addr=\"192.0.2\"] }", "t.gv:1: node bob: addr is “192.0.2”, expected an IP address such as \"192.0.2.1\" or \"192.0.2.1:5070\"" },
	    { "graph { bob [domain=\"a b\"] }", "t.gv:1: node bob: domain is “a b”, expected a domain name such as \"example.com\"" },
	    { "graph { bob [domain=\"a..b\"] }", "t.gv:1: node bob: domain is “a..b”, expected a domain name such as \"example.com\"" },
	    { "graph { bob [domain=\"" LABEL_64 ".b\"] }", "t.gv:1: node bob: domain is “" LABEL_64 ".b”, expected a domain name such as \"example.com\"" },
	    CERTIFICATE("nme=a.example"), CERTIFICATE("a.example"), CERTIFICATE("name="), CERTIFICATE("key=dsa"),
	    CERTIFICATE("from=2020"), CERTIFICATE("until=2020-13-01"), CERTIFICATE("name=a b"),
	    { "graph {\n seed=-1 a }", "t.gv:2: graph: seed is “-1”, expected a whole number from 0 to 18446744073709551615" },
	    { "graph { graph [duration=long] a }", "t.gv:1: graph: duration is “long”, expected a time such as \"2s\", \"20ms\" or \"1h\"" },
	    { "graph {\n a -- b\n b -- c [loss=\"101%\"] }", "t.gv:3: link b -- c: loss is “101%”, expected a share such as \"1%\" or 0.01, at most \"100%\"" },
	    { "graph { a -- b [rate=fast] }", "t.gv:1: link a -- b: rate is “fast”, expected a rate such as \"64kbit\" or \"10mbit\"" },
	    { "graph { a -- b [mtu=67] }", "t.gv:1: link a -- b: mtu is “67”, expected a whole number from 68 to 65535" },
	    { "graph {\n edge [delay=x]\n a -- b [delay=1] }", "t.gv:2: edge [...]: delay is “x”, expected a time such as \"2s\", \"20ms\" or \"1h\"" },
	    { "graph {\n node [answer=x] a }", "t.gv:2: node [...]: answer is “x”, expected a time such as \"2s\", or never" });
}

static void
roles(void)
{
	EXPECT(ERR_SYNTAX,
	    { "graph {\n bob [role=usr] }", "t.gv:2: node bob: unknown role “usr”; did you mean “ua”?" },
	    { "graph { bob [role=\"proxy telephone\"] }", "t.gv:1: node bob: unknown role “telephone”" ROLES },
	    { "graph { bob [role=\"ua ua\"] }", "t.gv:1: node bob: the role “ua” appears twice" },
	    { "graph { p [role=\"proxy redirect\"] }", "t.gv:1: node p: a redirect server needs a location service; add the role location, location=NODE or use_proxy=NODE" },
	    { "graph { p [role=proxy, serves=carol] }", "t.gv:1: node p: serves is “carol”, expected roles and the users or domains of each, such as \"redirect=carol proxy=b.example\"" },
	    { "graph { p [role=proxy, serves=\"proxy=\"] }", "t.gv:1: node p: serves is “proxy=”, expected roles and the users or domains of each, such as \"redirect=carol proxy=b.example\"" },
	    { "graph { p [role=proxy, serves=\"proxy=-b.example\"] }", "t.gv:1: node p: serves is “proxy=-b.example”, expected roles and the users or domains of each, such as \"redirect=carol proxy=b.example\"" },
	    { "graph { p [role=proxy, serves=\"proxy=a  redirect=b\"] }", "t.gv:1: node p: serves names “redirect”, which is not a role of this node" },
	    { "graph { p [role=proxy, serves=\"porxy=a\"] }", "t.gv:1: node p: serves names “porxy”, which is not a role of this node" },
	    { "graph { p [role=\"proxy location\", serves=\"location=a\"] }", "t.gv:1: node p: serves names “location”, which receives no requests" },
	    { "graph { h [role=handset, serves=\"handset=a\"] }", "t.gv:1: node h: serves names “handset”, which receives no requests" },
	    { "graph { a [role=proxy, serves=\"proxy=x.example\"]\n b [role=proxy, serves=\"proxy=X.example\"] }", "t.gv:2: node b: requests for x.example could go to a or to b; give one of them inbound=true" },
	    { "graph { p [role=proxy,\n answer=\"2s\"] }", "t.gv:2: node p: answer belongs to the roles ua, handset, voicemail; this node has “proxy”" },
	    { "graph { h [role=\"ua handset\"] }", "t.gv:1: node h: a handset can't have another role: its firmware receives everything that arrives at its address" },
	    { "graph { h [role=\"switch gateway\"] }", "t.gv:1: node h: a gateway can't also be an exchange, because the owner of a trunk would be ambiguous; give the exchange a node of its own" },
    { "graph { h [role=\"mgc mg\"] }", "t.gv:1: node h: a media gateway controller can't also be a media gateway, because both listen on one port; give the gateway a node of its own" },
    { "graph { h [role=\"handset location\"] }", "t.gv:1: node h: a handset can't have another role: its firmware receives everything that arrives at its address" },
	    { "graph { r [answer=\"2s\"] }", "t.gv:1: node r: answer belongs to the roles ua, handset, voicemail; this node is a router" },
	    { "graph { u [role=ua, inbound=true] }", "t.gv:1: node u: inbound belongs to the roles proxy, registrar, redirect, presence, queue, gateway, voicemail, conference, script, menu, mgc; this node has “ua”" },
	    { "graph { r [role=registrar] }", "t.gv:1: node r: a registrar needs a location service; add the role location, or location=NODE" },
	    { "graph { r [role=redirect] }", "t.gv:1: node r: a redirect server needs a location service; add the role location, location=NODE or use_proxy=NODE" },
	    { "graph { u [role=ua, outbound=r] r }", "t.gv:1: node u: outbound is r, which does not have the role proxy, b2bua, sbc, script" },
	    { "graph { p [role=proxy, location=p] }", "t.gv:1: node p: location is p, which does not have the role location" },
	    { "graph { m [role=mg, controller=m] }", "t.gv:1: node m: controller is m, which does not have the role script, mgc" },
    { "graph { m [role=mg, controller=c]\n c [role=mgc, gateways=\"m c\"] }", "t.gv:2: node c: gateways is c, which does not have the role mg" },
	    { "graph { g [role=gateway, trunks=\"x:5-1\"] }", "t.gv:1: node g: trunks is “x:5-1”, expected a neighbour and numbers up to 4095, such as \"switch1:1-30\"" },
	    { "graph { g [role=gateway, trunks=\"u:1-4\"]\n u [role=ua] }", "t.gv:1: node g: trunks is u, which does not have the role gateway, switch" },
    { "graph { u [role=ua]\n d [role=dns, hints=u] }", "t.gv:2: node d: hints is u, which does not have the role dns" });
	EXPECT(ERR_NOTFOUND,
	    { "graph {\n u [role=ua,\n outbound=bill]\n bil }", "t.gv:3: node u: outbound is “bill”, but no other node has the role proxy, b2bua, sbc, script" },
	    { "graph { g [role=gateway, trunks=\"x:1-5 y:7\"] }", "t.gv:1: node g: trunks is “x”, but no other node has the role gateway, switch" },
	    { "graph { p [role=proxy, presence_agent=somewhere] }", "t.gv:1: node p: presence_agent is “somewhere”, but no other node has the role proxy, presence" },
	    { "graph { p [role=proxy, location=somewhere] }", "t.gv:1: node p: location is “somewhere”, but no other node has the role location" });
}

static void
structure(void)
{
	EXPECT(ERR_SYNTAX,
	    { "graph {\n a -- b\n b -- b }", "t.gv:3: link b -- b: a node can't be linked to itself" },
	    { "graph {\n subgraph cluster_a { a }\n subgraph cluster_b { b; b -- a }\n}", "t.gv:2: node a: it is in cluster_a and in cluster_b; links between clusters must be outside of both" },
	    { "graph { domain=\"x.example\"\n p [role=proxy]\n q [role=proxy] }", "t.gv:3: node q: requests for x.example could go to p or to q; give one of them inbound=true" },
	    { "graph { domain=\"x.example\" node [location=l]\n r [role=registrar]\n s [role=registrar]\n l [role=location] }", "t.gv:3: node s: requests for x.example could go to r or to s; give one of them inbound=true" },
	    { "graph { domain=\"x.example\"\n p [role=proxy,\n inbound=yes]\n q [role=proxy,\n inbound=1] }", "t.gv:5: node q: x.example has two inbound servers, p and q; remove inbound=true from one of them" },
	    { "graph { a [addr=\"0.0.0.0\"] }", "t.gv:1: node a: a node can't have the address 0.0.0.0" },
	    { "graph { a [addr=\"224.0.0.1\"] }", "t.gv:1: node a: a node can't have the address 224.0.0.1" });
	EXPECT(ERR_EXISTS,
	    { "graph {\n a -- b\n c -- d\n b -- a }", "t.gv:4: link b -- a: these nodes are already linked in line 2" },
	    { "graph {\n a -- b -- c\n -- b }", "t.gv:3: link c -- b: these nodes are already linked in line 2" },
	    { "graph { a [addr=\"192.0.2.9\"]\n b [addr=\"192.0.2.9:5070\"] }", "t.gv:2: node b: node a already has the address 192.0.2.9:5070" });
}

static void
settings(void)
{
	static const struct {
		const char *setting;
		int err;
		const char *want;
	} m[] = {
		{ "bob.anwser=2s", ERR_SYNTAX, "--set bob.anwser=2s: node bob: unknown attribute “anwser”; did you mean “answer”?" },
		{ "bbo.answer=2s", ERR_NOTFOUND, "--set bbo.answer=2s: there is no node “bbo”; did you mean “bob”?" },
		{ "someone.answer=2s", ERR_NOTFOUND, "--set someone.answer=2s: there is no node “someone”; there are lan, bob" },
		{ "bob.answer=2x", ERR_SYNTAX, "--set bob.answer=2x: node bob: answer is “2x”, expected a time such as \"2s\", or never" },
		{ "lan.answer=2s", ERR_SYNTAX, "--set lan.answer=2s: node lan: answer belongs to the roles ua, handset, voicemail; this node is a router" },
		{ "bob.role=recorder", ERR_SYNTAX, "--set bob.role=recorder: node bob: unknown role “recorder”" ROLES },
		{ "bob--lan.delay=x", ERR_SYNTAX, "--set bob--lan.delay=x: link lan -- bob: delay is “x”, expected a time such as \"2s\", \"20ms\" or \"1h\"" },
		{ "bob--bob.delay=1", ERR_NOTFOUND, "--set bob--bob.delay=1: there is no link between bob and bob" },
		{ "bob--x.delay=1", ERR_NOTFOUND, "--set bob--x.delay=1: there is no node “x”; there are lan, bob" },
		{ "--.delay=1", ERR_NOTFOUND, "--set --.delay=1: there is no link “--”" },
		{ "graph.seed=x", ERR_SYNTAX, "--set graph.seed=x: graph: seed is “x”, expected a whole number from 0 to 18446744073709551615" },
		{ "bob.color=red", ERR_SYNTAX, "--set bob.color=red: node bob: “color” is for drawing only; a run does not use it" },
		{ "bob.outbound=lan", ERR_SYNTAX, "--set bob.outbound=lan: node bob: outbound is lan, which does not have the role proxy, b2bua, sbc, script" },
		{ "bob.answer", ERR_SYNTAX, "--set bob.answer: node bob: its value is missing: bob.answer=VALUE" },
		{ "bob=2s", ERR_SYNTAX, "--set bob=2s: expected NODE.ATTRIBUTE=VALUE, A--B.ATTRIBUTE=VALUE of a link, or ATTRIBUTE=VALUE of all links" },
		{ "answer=2s", ERR_SYNTAX, "--set answer=2s: the node is missing: NODE.answer=2s" },
		{ "loss=120%", ERR_SYNTAX, "--set loss=120%: link lan -- bob: loss is “120%”, expected a share such as \"1%\" or 0.01, at most \"100%\"" },
		{ "lan-bob.loss=1%", ERR_NOTFOUND, "--set lan-bob.loss=1%: there is no node “lan-bob”; did you mean “lan--bob”?" },
		{ ".answer=2s", ERR_SYNTAX, "--set .answer=2s: expected NODE.ATTRIBUTE=VALUE" },
		{ "bob.=2s", ERR_SYNTAX, "--set bob.=2s: expected NODE.ATTRIBUTE=VALUE" },
		{ "", ERR_SYNTAX, "--set : expected NODE.ATTRIBUTE=VALUE" },
	};

	for (size_t i = 0; i < sizeof(m) / sizeof(m[0]); i++)
		expect_bytes(STR("graph { lan -- bob bob [role=ua] }"),
		    m[i].setting, m[i].err, m[i].want);
}
/* clang-format on */

static void
bytes(void)
{
	expect_bytes(STR("graph {\n a \0 }"), NULL, ERR_SYNTAX,
	    "t.gv:2: there is a NUL byte here, so this is not a text file");
	expect_bytes(STR("graph {\n\n a [label=\"\xff\"] }"), NULL, ERR_SYNTAX,
	    "t.gv:3: these bytes are not UTF-8; save the file as UTF-8");
	expect_bytes(STR("graph {\r\n a \r b }"), NULL, ERR_SYNTAX,
	    "t.gv:2: there is a CR without LF here; lines must end in LF or CR "
	    "LF");
	expect_bytes(STR("graph {\n \xef\xbb\xbf a }"), NULL, ERR_SYNTAX,
	    "t.gv:2: there is a byte order mark inside the file");
	/* Nothing of a file steers the terminal. */
	expect_bytes(STR("graph { a [\"\x1b[2J\"=1] }"), NULL, ERR_SYNTAX,
	    "t.gv:1: node a: unknown attribute “\xe2\x90\x9b[2J”");
}

/* HEAD, MIDDLE N times with its number in place of %d, TAIL. */
static void
expect_repeated(const char *head, const char *middle, int n, const char *tail,
    int err, const char *want)
{
	LOCAL_BUF b = BUF_INIT;

	buf_puts(&b, head);
	for (int i = 0; i < n; i++) {
		struct str rest, first = str_cut(str_of(middle), '%', &rest);

		buf_str(&b, first);
		if (rest.n > 0) {
			buf_i64(&b, i);
			buf_str(&b, rest);
		}
	}
	buf_puts(&b, tail);
	CU_ASSERT_EQUAL_FATAL(b.err, 0);
	expect_bytes(buf_view(&b), NULL, err, want);
}

/* What would take memory or time without bounds is refused. */
static void
limits(void)
{
	expect_repeated("graph { a ", " ", 1 << 20, "}", ERR_LIMIT,
	    "t.gv: the file is larger than 1048576 bytes");
	expect_repeated("graph {", "n%;", 10001, "}", ERR_LIMIT,
	    "t.gv:1: more than 10000 nodes");
	expect_repeated("graph { {", "n%;", 102,
	    "} -- {x0 x1 x2 x3 x4 x5 x6 "
	    "x7 x8 x9 y0 y1 y2 y3 y4 y5 y6 y7 y8 y9 "
	    "z0 z1 z2 z3 z4 z5 z6 z7 z8 z9 "
	    "u0 u1 u2 u3 u4 u5 u6 u7 u8 u9 "
	    "v0 v1 v2 v3 v4 v5 v6 v7 v8 v9 "
	    "w0 w1 w2 w3 w4 w5 w6 w7 w8 w9 "
	    "q0 q1 q2 q3 q4 q5 q6 q7 q8 q9 "
	    "r0 r1 r2 r3 r4 r5 r6 r7 r8 r9 "
	    "s0 s1 s2 s3 s4 s5 s6 s7 s8 s9 "
	    "t0 t1 t2 t3 t4 t5 t6 t7 t8 t9}}",
	    ERR_LIMIT, "t.gv:1: more than 10000 links");
}

/* Files that are good or bad but must be done with soon. */
static void
hostile(void)
{
	expect_repeated("graph {", "{", 40, "", ERR_LIMIT,
	    "t.gv:1: subgraphs are nested deeper than 32");
	expect_repeated("graph {", "{", 500000, "", ERR_LIMIT,
	    "t.gv:1: subgraphs are nested deeper than 32");
	expect_repeated("graph {", "{}", 200000, "}", ERR_LIMIT,
	    "t.gv:1: more than 1000 subgraphs");
	expect_repeated("graph { a", " -- a", 200000, "}", ERR_LIMIT,
	    "t.gv:1: too many links in one statement; at most 1000");
	expect_repeated("graph {", "a--b;", 200000, "}", ERR_LIMIT,
	    "t.gv:1: more than 10000 links");
	expect_repeated("graph { a", ",a", 200000, " -- a,a,a,a}", ERR_LIMIT,
	    "t.gv:1: more than 10000 links");
	expect_repeated("graph { subgraph s {", "n%;", 200,
	    "} subgraph s {a} -- subgraph s {b}}", ERR_LIMIT,
	    "t.gv:1: more than 10000 links");
	expect_repeated("graph { a [label=\"", "x", 8192, "\"]}", ERR_LIMIT,
	    "t.gv:1: this text is longer than 8192 bytes");
	expect_repeated("graph { a [label=\"\"", "+\"x\"", 100000, "]}",
	    ERR_LIMIT,
	    "t.gv:1: this text has too many parts joined by +; at most 100");
	expect_repeated("graph {", "node [color=a]; {} ", 50000, "}", ERR_LIMIT,
	    "t.gv:1: more than 1000 subgraphs");
	expect_repeated("graph { a [", "a%=1 ", 50000, "]}", ERR_SYNTAX,
	    "t.gv:1: node a: unknown attribute “a0”");
	expect_repeated("graph { a [", "=", 500000, "]}", ERR_SYNTAX,
	    "t.gv:1: syntax error near “=”");
	expect_repeated("", "<", 1000000, "", ERR_SYNTAX,
	    "t.gv:1: this HTML string has no end: > is missing");
}

CHECK_MAIN("topology_errors", { "syntax", syntax }, { "names", names },
    { "values", values }, { "roles", roles }, { "structure", structure },
    { "settings", settings }, { "bytes", bytes }, { "limits", limits },
    { "hostile", hostile })
