/*
 * sip/digest: the vectors of the RFCs and others beside them, what challenges
 * and credentials look like, and what is refused.  RFC 7616, 8760, 2617, 2069.
 */
#include "fixtures/check.h"

#include "base/err.h"
#include "base/mem.h"
#include "sip/digest.h"

#include <string.h>

#define NONCE "84a4cc6f3082121f32b42a2187831a9e"
#define ALICE                                                         \
	"username=\"alice\", realm=\"atlanta.example.com\", nonce=\"" \
	"abc\", uri=\"sip:atlanta.example.com\""
#define QOP ", qop=auth, nc=00000001, cnonce=\"x\""

/* The response of a row, computed by whoever wrote the row down. */
static void
is_response(const struct digest_credentials *c, const char *password,
    const char *method, struct str body, const char *want)
{
	char hex[DIGEST_HEX];

	CU_ASSERT_EQUAL(
	    digest_response(c, str_of(password), str_of(method), body, hex), 0);
	CU_ASSERT_STRING_EQUAL(hex, want);
	if (strcmp(hex, want) != 0)
		printf("  %.*s %s\n", STR_ARG(c->username), want);
}

/* ---- $RUNG_DATA/vectors/digest.tsv ---- */

enum column {
	ID,
	ALGORITHM,
	USERNAME,
	REALM,
	PASSWORD,
	METHOD,
	URI,
	NONCE_VALUE,
	NC,
	CNONCE,
	QOP_VALUE,
	BODY,
	RESPONSE,
	ORIGIN,
	COLUMNS
};

/* C escapes of line ends. */
static void
unescape_body(struct str s, struct buf *out)
{
	for (size_t i = 0; i < s.n; i++) {
		bool escape = s.p[i] == '\\' && i + 1 < s.n;

		if (escape)
			i++;
		buf_putc(out, !escape         ? s.p[i]
			      : s.p[i] == 'r' ? '\r'
			      : s.p[i] == 'n' ? '\n'
					      : s.p[i]);
	}
}

static void
put(struct buf *b, const char *name, struct str value, bool quoted)
{
	LOCAL_BUF inside = BUF_INIT;

	digest_escape(value, &inside);
	if (value.n > 0 || quoted)
		buf_printf(b, quoted ? "%s=\"%s\", " : "%s=%s, ", name,
		    buf_cstr(&inside));
}

/* A row becomes an Authorization value, and that the response of the row. */
static void
row_is_right(struct str line)
{
	struct str col[COLUMNS] = { STR_NULL };
	struct digest_credentials c;
	LOCAL_BUF value = BUF_INIT, body = BUF_INIT;
	char password[100], method[20], want[DIGEST_HEX];

	for (int i = 0; i < COLUMNS; i++)
		col[i] = str_cut(line, '\t', &line);
	buf_puts(&value, "Digest ");
	put(&value, "username", col[USERNAME], true);
	put(&value, "realm", col[REALM], true);
	put(&value, "nonce", col[NONCE_VALUE], true);
	put(&value, "uri", col[URI], true);
	put(&value, "algorithm", col[ALGORITHM], false);
	put(&value, "cnonce", col[CNONCE], col[CNONCE].n > 0);
	put(&value, "qop", col[QOP_VALUE], false);
	put(&value, "nc", col[NC], false);
	put(&value, "response", col[RESPONSE], true);
	unescape_body(col[BODY], &body);
	snprintf(password, sizeof(password), "%.*s", STR_ARG(col[PASSWORD]));
	snprintf(method, sizeof(method), "%.*s", STR_ARG(col[METHOD]));
	snprintf(want, sizeof(want), "%.*s", STR_ARG(col[RESPONSE]));
	CU_ASSERT_EQUAL(digest_credentials_read(buf_view(&value), &c), 0);
	CU_ASSERT(str_eq(c.response, col[RESPONSE]));
	CU_ASSERT_EQUAL(c.has_algorithm, col[ALGORITHM].n > 0);
	is_response(&c, password, method, buf_view(&body), want);
}

static void
vectors(void)
{
	LOCAL_BUF file = BUF_INIT;
	struct str rest, line;
	char path[400];
	unsigned rows = 0;

	snprintf(path, sizeof(path), "%s/vectors/digest.tsv", check_data());
	if (buf_read_file(&file, path, 1000000) != 0) {
		check_skip(path);
		return;
	}
	rest = buf_view(&file);
	str_cut(rest, '\n', &rest);
	while (rest.n > 0) {
		line = str_cut(rest, '\n', &rest);
		if (line.n > 0) {
			row_is_right(line);
			rows++;
		}
	}
	CU_ASSERT(rows >= 9);
}

/* ---- own vectors ---- */

/*
 * RFC 8760's algorithms, each with qop auth, auth-int without a body (2.6 item
 * 7: the hash of nothing) and with one; computed with Python's hashlib.
 */
static void
algorithms(void)
{
	static const char *const want[][3] = {
		{ "853f993e3d5e7892cd1bfcf786e974c7",
		    "04eba27279da510b2b56e6e5c181e65f",
		    "2bee5967db5cf4173148ba1d580bef9f" },
		{ "a31b8e209b0b2307162126617b824cbf",
		    "6bcfecee100424c4b7566c189c6b3dd9",
		    "5d9bc4cdd96a694a124034439df532c4" },
		{ "7e7b9416f54e4a0ddf9ee3c896dd7668"
		  "38991fb8dc6bbf5a2f53b125c1fd140c",
		    "3d3c3bb4edef799417a124f23dc4602e"
		    "67ceb2ffa8ee1623e1ca420dd5a8fce9",
		    "b4e184fe402d64f2ab5ef18863e03493"
		    "be73dcf57b62cdf47cd67090b8b0b948" },
		{ "fe353d0c4d1a64b94b679812994b72ed"
		  "2307fa2a8b91849e36b1e7418c98afc7",
		    "262ea59e4180319a577ba17e5e47a4b8"
		    "8dd4ba9a25b06518321a6d0163289e55",
		    "641bc6857aa9ee4c56ec6ae668d4bc3e"
		    "e6f10712235f3f5adcc4af851bba58db" },
		{ "7110193f7e8d52924908e00196c87bf5"
		  "c966acbad5d73132981e34e4d0f75d11",
		    "0409ebde24ec55853a4d01d508e860cd"
		    "02cafb5537bcfe19fb54732e0dfbc193",
		    "818247f85ae3b2a8d9efa94e0faf0039"
		    "6fbd453606cb615e3b10d400da31bd9b" },
		{ "dea5b8e85f369592a8b805920121fba5"
		  "28702f6a123f35ffe3ecae7be4606071",
		    "9059f51823e2d8d9551168c3aa39e7a0"
		    "8c405b25598b43b08708e1875f232c07",
		    "bbae68db0a7e78865f512833c424a5f3"
		    "962ce2a1026d8ef98c05a70aa19c4e00" },
		/* RFC 3310: as MD5; what the password is, is another matter */
		{ "853f993e3d5e7892cd1bfcf786e974c7",
		    "04eba27279da510b2b56e6e5c181e65f",
		    "2bee5967db5cf4173148ba1d580bef9f" },
	};
	struct digest_credentials c = {
		.username = STR("alice"),
		.realm = STR("atlanta.example.com"),
		.nonce = STR(NONCE),
		.uri = STR("sip:bob@biloxi.example.com"),
		.cnonce = STR("0a4f113b"),
		.nc = 10,
	};

	for (int a = 0; a < DIGEST_UNKNOWN; a++) {
		c.algorithm = (enum digest_algorithm)a;
		c.qop = DIGEST_QOP_AUTH;
		is_response(
		    &c, "zanzibar", "INVITE", STR("anything"), want[a][0]);
		c.qop = DIGEST_QOP_AUTH_INT;
		is_response(&c, "zanzibar", "INVITE", STR_NULL, want[a][1]);
		is_response(
		    &c, "zanzibar", "INVITE", STR("v=0\r\n"), want[a][2]);
	}
	c.algorithm = DIGEST_UNKNOWN;
	char hex[DIGEST_HEX];
	CU_ASSERT_EQUAL(
	    digest_response(&c, STR("x"), STR("INVITE"), STR_NULL, hex),
	    ERR_UNSUPPORTED);
}

/* 3.3: unq, on what goes into the hash. */
static void
escapes(void)
{
	LOCAL_BUF b = BUF_INIT;
	struct digest_credentials c;

	digest_escape(STR("al\"i\\ce"), &b);
	CU_ASSERT_STRING_EQUAL(buf_cstr(&b), "al\\\"i\\\\ce");
	buf_clear(&b);
	digest_unescape(STR("al\\\"i\\\\ce\\"), &b);
	CU_ASSERT_STRING_EQUAL(buf_cstr(&b), "al\"i\\ce\\");
	CU_ASSERT_EQUAL(
	    digest_credentials_read(
		STR("Digest username=\"al\\\"i\\\\ce\", "
		    "realm=\"atlanta\\.example.com\", nonce=\"" NONCE "\", "
		    "uri=\"sip:atlanta.example.com\", response=\"\", "
		    "algorithm=SHA-256, qop=auth, nc=00000001, "
		    "cnonce=\"0a\\4f113b\""),
		&c),
	    0);
	is_response(&c, "zanzibar", "REGISTER", STR_NULL,
	    "8aeace12ca96512c5628559e99adc81b952aaa60463581d6ff6f727ba604e274");
}

static void
names(void)
{
	CU_ASSERT_EQUAL(digest_algorithm_find(STR_NULL), DIGEST_MD5);
	CU_ASSERT_EQUAL(digest_algorithm_find(STR("md5")), DIGEST_MD5);
	CU_ASSERT_EQUAL(digest_algorithm_find(STR("sha-512-256-SESS")),
	    DIGEST_SHA512_256_SESS);
	CU_ASSERT_EQUAL(digest_algorithm_find(STR("SHA")), DIGEST_UNKNOWN);
	CU_ASSERT_STRING_EQUAL(
	    digest_algorithm_name(DIGEST_SHA256_SESS), "SHA-256-sess");
	CU_ASSERT_STRING_EQUAL(digest_algorithm_name(DIGEST_UNKNOWN), "");
	CU_ASSERT(digest_algorithm_session(DIGEST_MD5_SESS));
	CU_ASSERT(!digest_algorithm_session(DIGEST_SHA256));
}

/* ---- challenges ---- */

static int
challenge(const char *text, struct digest_challenge *c)
{
	return digest_challenge_read(str_of(text), c);
}

static void
reads_challenge(void)
{
	struct digest_challenge c;

	/* RFC 3261 22.2's, folded as it stands there. */
	CU_ASSERT_EQUAL(
	    challenge("Digest\r\n realm=\"biloxi.com\",\r\n\t"
		      "qop=\"auth,auth-int\",\r\n nonce=\"dcd98b\",\r\n "
		      "opaque=\"5ccc069c\"",
		&c),
	    0);
	CU_ASSERT(str_is(c.realm, "biloxi.com"));
	CU_ASSERT(str_is(c.nonce, "dcd98b"));
	CU_ASSERT(str_is(c.opaque, "5ccc069c"));
	CU_ASSERT(c.qop_auth && c.qop_auth_int);
	CU_ASSERT(!c.stale && !c.has_algorithm && c.domain.p == NULL);
	CU_ASSERT_EQUAL(c.algorithm, DIGEST_MD5);
	/* Any order, letters, forms; what is not known is passed over. */
	CU_ASSERT_EQUAL(
	    challenge(" dIGEST charset=UTF-8 , Algorithm = \"sha-256\","
		      ",STALE=\"TRUE\", NONCE=n, x=\"a, b=\\\"c\\\"\", "
		      "QOP=auth-int,opaque=\"\", domain=\"sip:a sip:b\", "
		      "realm=\"a \\\"b\\\"\",",
		&c),
	    0);
	CU_ASSERT_EQUAL(c.algorithm, DIGEST_SHA256);
	CU_ASSERT(c.stale && c.has_algorithm);
	CU_ASSERT(!c.qop_auth && c.qop_auth_int);
	CU_ASSERT(str_is(c.nonce, "n"));
	CU_ASSERT(str_is(c.realm, "a \\\"b\\\""));
	CU_ASSERT(str_is(c.domain, "sip:a sip:b"));
	CU_ASSERT(c.opaque.p != NULL && c.opaque.n == 0);
	/* Options that are not known are passed over, but not all may be. */
	CU_ASSERT_EQUAL(challenge("Digest realm=\"r\", nonce=\"\", "
				  "qop=\"auth-conf, AUTH\", stale=maybe",
			    &c),
	    0);
	CU_ASSERT(c.qop_auth && !c.qop_auth_int && !c.stale);
	/* RFC 2069 */
	CU_ASSERT_EQUAL(challenge("Digest realm=\"r\",nonce=\"n\"", &c), 0);
	CU_ASSERT(!c.qop_auth && !c.qop_auth_int);
}

static void
refuses_challenge(void)
{
	static const struct {
		const char *text;
		int err;
	} bad[] = {
		{ "Basic realm=\"r\"", ERR_UNSUPPORTED },
		{ "Digests realm=\"r\", nonce=\"n\"", ERR_UNSUPPORTED },
		{ "Digest realm=\"r\", nonce=\"n\", algorithm=SHA-1",
		    ERR_UNSUPPORTED },
		{ "Digest realm=\"r\", nonce=\"n\", qop=\"auth-conf\"",
		    ERR_UNSUPPORTED },
		{ "Digest realm=\"r\", nonce=\"n\", qop=\"\"",
		    ERR_UNSUPPORTED },
		{ "Digest realm=\"r\", nonce=\"n\", algorithm=MD5-sess",
		    ERR_UNSUPPORTED },
		{ "", ERR_SYNTAX },
		{ " ", ERR_SYNTAX },
		{ "Digest", ERR_SYNTAX },
		{ "Digest realm=\"r\"", ERR_SYNTAX },
		{ "Digest nonce=\"n\"", ERR_SYNTAX },
		{ "Digest,realm=\"r\", nonce=\"n\"", ERR_SYNTAX },
		{ "Digest realm=\"r\" nonce=\"n\"", ERR_SYNTAX },
		{ "Digest realm=\"r\", nonce=\"n", ERR_SYNTAX },
		{ "Digest realm=\"r\", nonce=\"n\\\"", ERR_SYNTAX },
		{ "Digest realm=\"r\", nonce=", ERR_SYNTAX },
		{ "Digest realm=\"r\", nonce", ERR_SYNTAX },
		{ "Digest realm=\"r\", nonce=\"n\", =x", ERR_SYNTAX },
		{ "Digest realm=\"r\", nonce=a\"b\"", ERR_SYNTAX },
		{ "Digest realm=\"r\", nonce=\"n\"x", ERR_SYNTAX },
		{ "Digest realm=\"r\", nonce=n\\", ERR_SYNTAX },
		{ "Digest realm=\"r\", nonce=\"n\", realm=\"s\"", ERR_SYNTAX },
		{ "Digest realm=\"r\", nonce=\"n\", Basic realm=\"s\"",
		    ERR_SYNTAX },
	};
	struct digest_challenge c;

	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		int err = challenge(bad[i].text, &c);

		CU_ASSERT_EQUAL(err, bad[i].err);
		if (err != bad[i].err)
			printf("  %s: %d\n", bad[i].text, err);
	}
}

static void
writes_challenge(void)
{
	struct digest_challenge c = {
		.realm = STR("a\\\"b"),
		.nonce = STR("n"),
		.algorithm = DIGEST_SHA256,
		.has_algorithm = true,
		.stale = true,
		.qop_auth = true,
		.qop_auth_int = true,
	};
	LOCAL_BUF b = BUF_INIT;

	digest_challenge_write(&c, &b);
	CU_ASSERT_STRING_EQUAL(buf_cstr(&b),
	    "Digest realm=\"a\\\"b\", qop=\"auth,auth-int\", nonce=\"n\", "
	    "stale=true, algorithm=SHA-256");
	buf_clear(&b);
	c.qop_auth = c.stale = c.has_algorithm = false;
	c.domain = STR("sip:a");
	c.opaque = STR("");
	digest_challenge_write(&c, &b);
	CU_ASSERT_STRING_EQUAL(buf_cstr(&b),
	    "Digest realm=\"a\\\"b\", domain=\"sip:a\", qop=\"auth-int\", "
	    "nonce=\"n\", opaque=\"\"");
	buf_clear(&b);
	c = (struct digest_challenge){ .realm = STR(""), .nonce = STR("n") };
	digest_challenge_write(&c, &b);
	CU_ASSERT_STRING_EQUAL(buf_cstr(&b), "Digest realm=\"\", nonce=\"n\"");
}

/* ---- credentials ---- */

static void
refuses_credentials(void)
{
	static const struct {
		const char *text;
		int err;
	} bad[] = {
		{ "NoOneKnowsThisScheme opaque-data=here", ERR_UNSUPPORTED },
		{ "Digest " ALICE ", response=\"aa\", algorithm=X" QOP,
		    ERR_UNSUPPORTED },
		{ "Digest " ALICE ", response=\"aa\", qop=auth-conf, "
		  "nc=00000001, cnonce=\"x\"",
		    ERR_UNSUPPORTED },
		{ "Digest " ALICE, ERR_SYNTAX },
		{ "Digest " ALICE ", response=\"xy\"" QOP, ERR_SYNTAX },
		{ "Digest " ALICE ", response=\"AA\"" QOP, ERR_SYNTAX },
		{ "Digest " ALICE ", response=\"aa\", uri=\"sip:b\"" QOP,
		    ERR_SYNTAX },
		{ "Digest realm=\"r\", nonce=\"n\", uri=\"sip:b\", "
		  "response=\"aa\"" QOP,
		    ERR_SYNTAX },
		{ "Digest username*=UTF-8''a, realm=\"r\", nonce=\"n\", "
		  "uri=\"sip:b\", response=\"aa\"" QOP,
		    ERR_SYNTAX },
		{ "Digest username=\"a\", nonce=\"n\", uri=\"sip:b\", "
		  "response=\"aa\"" QOP,
		    ERR_SYNTAX },
		{ "Digest username=\"a\", realm=\"r\", uri=\"sip:b\", "
		  "response=\"aa\"" QOP,
		    ERR_SYNTAX },
		{ "Digest username=\"a\", realm=\"r\", nonce=\"n\", "
		  "response=\"aa\"" QOP,
		    ERR_SYNTAX },
		{ "Digest " ALICE ", response=\"aa\", qop=auth, nc=00000001",
		    ERR_SYNTAX },
		{ "Digest " ALICE ", response=\"aa\", qop=auth, cnonce=\"x\"",
		    ERR_SYNTAX },
		{ "Digest " ALICE ", response=\"aa\", qop=auth, nc=1, "
		  "cnonce=\"x\"",
		    ERR_SYNTAX },
		{ "Digest " ALICE ", response=\"aa\", qop=auth, nc=000000001, "
		  "cnonce=\"x\"",
		    ERR_SYNTAX },
		{ "Digest " ALICE ", response=\"aa\", qop=auth, nc=0000000F, "
		  "cnonce=\"x\"",
		    ERR_SYNTAX },
		{ "Digest " ALICE ", response=\"aa\", algorithm=MD5-sess",
		    ERR_SYNTAX },
	};
	struct digest_credentials c;

	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		int err = digest_credentials_read(str_of(bad[i].text), &c);

		CU_ASSERT_EQUAL(err, bad[i].err);
		if (err != bad[i].err)
			printf("  %s: %d\n", bad[i].text, err);
	}
	/* What could be read is there all the same. */
	CU_ASSERT_EQUAL(digest_credentials_read(
			    STR("Digest username=\"a\", realm=\"r\", ?"), &c),
	    ERR_SYNTAX);
	CU_ASSERT(str_is(c.realm, "r"));
}

/* What can't be written is said by the buffer, and nothing else needs memory.
 */
static void
no_memory(void)
{
	struct digest_challenge c = { .realm = STR("r"), .nonce = STR("n") };
	struct digest_credentials k;
	struct buf b = BUF_INIT;
	char hex[DIGEST_HEX];

	mem_fail_from(1);
	digest_challenge_write(&c, &b);
	CU_ASSERT_EQUAL(b.err, ERR_NOMEM);
	CU_ASSERT_EQUAL(challenge("Digest realm=\"r\",nonce=\"n\"", &c), 0);
	CU_ASSERT_EQUAL(digest_credentials_read(
			    STR("Digest " ALICE ", response=\"aa\"" QOP), &k),
	    0);
	CU_ASSERT_EQUAL(
	    digest_response(&k, STR("p"), STR("REGISTER"), STR_NULL, hex), 0);
	buf_free(&b);
	digest_credentials_write(&k, &b);
	CU_ASSERT_EQUAL(b.err, ERR_NOMEM);
	mem_fail_from(0);
	buf_free(&b);
}

CHECK_MAIN("digest", { "the vectors beside the project", vectors },
    { "every algorithm", algorithms }, { "quoted strings", escapes },
    { "names of algorithms", names },
    { "challenges are read", reads_challenge },
    { "bad challenges are refused", refuses_challenge },
    { "challenges are written", writes_challenge },
    { "bad credentials are refused", refuses_credentials },
    { "without memory", no_memory })
