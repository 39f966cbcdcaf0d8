/*
 * Messages that nobody should send: the torture tests of RFC 4475 and RFC 5118,
 * what is known to break libosip2, and mutations of ordinary messages.
 *
 * The phone has no gate before libosip2, so where the library breaks the phone
 * breaks: each lot runs in a child process, and of those that break is said
 * which.  What is asked is that nothing of the phone's own code breaks, spins,
 * or forgets a transaction, and that what broke is known.
 */
#include "fixtures/firmware_peer.h"

#include "base/buf.h"

#include <dirent.h>
#include <signal.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

#define MESSAGE_MAX 65000
#define KNOWN_BREAK 1

struct message {
	char name[300];
	char *bytes;
	size_t n;
};

/* What stands in a message for the phone's tag in its call, as many characters,
 * and for a branch that no other message has. */
#define PHONE_TAG   "phonetagphonetag"
#define NEXT_BRANCH "branchxx"

/* ---- children ---- */

/* Talks with bob, and is sending him elsewhere. */
static void
phone_of_child(char tag[32])
{
	const char *ok;

	world_open(PEER_CONFIG "media=no ");
	world_run(1500);
	/* A call, so that there is a dialog to disturb. */
	peer_invite(1, NULL, PEER_SDP);
	world_press("{call}");
	ok = world_take("SIP/2.0 200");
	if (ok == NULL)
		_exit(3);
	peer_send(&(struct peer_request){ "ACK", "ack", "in1@192.0.2.3",
	    "bobtag", peer_param(peer_header(ok, "To"), "tag"), 1, NULL, NULL,
	    NULL, NULL });
	snprintf(tag, 32, "%s", peer_param(peer_header(ok, "To"), "tag"));
	world_press("{ok}27#");
	world_forget();
}

/* Puts WITH wherever M has MARK, which is as long. */
static void
fill_in(const struct message *m, const char *mark, const char *with)
{
	size_t n = strlen(mark);

	for (size_t i = 0; i + n <= m->n; i++)
		if (memcmp(m->bytes + i, mark, n) == 0)
			memcpy(m->bytes + i, with, n);
}

/* Gives the phone the N messages of M; then it must still be one. */
static void
suffer(const struct message *m, size_t n)
{
	/* Of computing: a busy machine is no mistake of the phone's. */
	const struct itimerval limit = { .it_value = { 120, 0 } };
	char tag[32], branch[32];

	setitimer(ITIMER_PROF, &limit, NULL);
	phone_of_child(tag);
	for (size_t i = 0; i < n; i++) {
		snprintf(branch, sizeof(branch), "%08zu", i);
		fill_in(&m[i], PHONE_TAG, tag);
		fill_in(&m[i], NEXT_BRANCH, branch);
		world_datagram(WORLD_PEER, 5060, 5060, m[i].bytes, m[i].n);
		world_run(50);
		world_forget();
	}
	/* All is ended: the user hangs up whatever there is. */
	for (unsigned i = 0; i < 4; i++)
		world_press("{end}");
	world_forget();
	for (unsigned s = 0; s < 400; s++) {
		world_run(1000);
		world_forget();
	}
	if (world.hold != 0)
		_exit(4);
	world_close();
}

/* 0: well; else how it ended. */
static int
in_child(const struct message *m, size_t n, bool quiet)
{
	int status;
	pid_t child;

	fflush(stdout);
	child = fork();
	if (child == 0) {
		if (quiet && freopen("/dev/null", "w", stderr) == NULL)
			_exit(5);
		suffer(m, n);
		exit(0); /* the leak checker has its turn */
	}
	if (child < 0 || waitpid(child, &status, 0) != child)
		return -1;
	return status;
}

/* Runs M in lots; of a lot that breaks each message by itself.  How many
 * broke. */
static unsigned
run_all(const struct message *m, size_t n, size_t lot)
{
	unsigned broken = 0;

	for (size_t at = 0; at < n; at += lot) {
		size_t part = n - at < lot ? n - at : lot;
		unsigned before = broken;

		if (in_child(m + at, part, lot > 1) == 0)
			continue;
		for (size_t i = at; i < at + part; i++)
			if (in_child(m + i, 1, false) != 0) {
				printf("  breaks: %s\n", m[i].name);
				broken++;
			}
		if (broken == before) {
			printf("  breaks together: %s and on\n", m[at].name);
			broken++;
		}
	}
	return broken;
}

/* ---- files ---- */

static size_t
read_folder(const char *folder, struct message *out, size_t max)
{
	char path[600];
	struct dirent *e;
	LOCAL_BUF b = BUF_INIT;
	size_t n = 0;
	DIR *d;

	snprintf(path, sizeof(path), "%s/%s", check_data(), folder);
	d = opendir(path);
	while (d != NULL && n < max && (e = readdir(d)) != NULL) {
		if (e->d_name[0] == '.' || strstr(e->d_name, ".md") != NULL)
			continue;
		snprintf(path, sizeof(path), "%s/%s/%s", check_data(), folder,
		    e->d_name);
		if (buf_read_file(&b, path, MESSAGE_MAX) != 0)
			continue;
		snprintf(out[n].name, sizeof(out[n].name), "%s", e->d_name);
		out[n].bytes = malloc(b.n + 1);
		memcpy(out[n].bytes, b.p, b.n);
		out[n++].n = b.n;
		buf_clear(&b);
	}
	if (d != NULL)
		closedir(d);
	return n;
}

static void
free_all(struct message *m, size_t n)
{
	for (size_t i = 0; i < n; i++)
		free(m[i].bytes);
}

static void
torture(void)
{
	static const char *const folders[] = { "torture/rfc4475",
		"torture/rfc5118", "torture/rfc5118-archive-lf",
		"torture/rfc5118-clfix" };
	static struct message m[128];
	size_t n = 0;

	for (size_t i = 0; i < sizeof(folders) / sizeof(folders[0]); i++)
		n += read_folder(folders[i], m + n, 128 - n);
	if (n == 0) {
		check_skip("no torture messages");
		return;
	}
	CU_ASSERT(run_all(m, n, n) == 0);
	free_all(m, n);
}

/* What DESIGN of rung's gate knows; here there is none. */
static void
known(void)
{
	static struct message m[16];
	size_t n = read_folder("osip-crashers", m, 16);

	if (n == 0) {
		check_skip("no inputs that break libosip2");
		return;
	}
	/* One of them leaks in the library (tests/regress/firmware_known_leak);
	 * only the leak checker minds. */
	CU_ASSERT(run_all(m, n, 1) <= KNOWN_BREAK);
	free_all(m, n);
}

/* ---- mutations ---- */

static uint64_t seed = 1;

static uint32_t
below(uint32_t n)
{
	seed = seed * 6364136223846793005u + 1442695040888963407u;
	return (uint32_t)((seed >> 32) * n >> 32);
}

#define WITHIN(method)                                                        \
	method " sip:alice@192.0.2.4 SIP/2.0\r\n"                             \
	       "Via: SIP/2.0/UDP 192.0.2.3;branch=z9hG4bK" NEXT_BRANCH "\r\n" \
	       "From: \"Bob B.\" <sip:bob@biloxi.example.com>;tag=bobtag\r\n" \
	       "To: <sip:alice@atlanta.example.com>;tag=" PHONE_TAG "\r\n"    \
	       "Call-ID: in1@192.0.2.3\r\nCSeq: 5 " method "\r\n"

static const char *const seeds[] = {
	"INVITE sip:alice@192.0.2.4:5060 SIP/2.0\r\n"
	"Via: SIP/2.0/UDP 192.0.2.3:5060;branch=z9hG4bKm1;rport\r\n"
	"Via: SIP/2.0/UDP 192.0.2.9;branch=z9hG4bKm0;received=192.0.2.8\r\n"
	"Record-Route: <sip:192.0.2.7;lr>, <sip:192.0.2.6;lr>\r\n"
	"Max-Forwards: 70\r\nFrom: \"B \\\" B\" <sip:bob@b.example>;tag=m\r\n"
	"To: <sip:alice@atlanta.example.com>\r\nCall-ID: m1@b\r\n"
	"CSeq: 9 INVITE\r\nContact: <sip:bob@192.0.2.3:5060>\r\n"
	"Supported: 100rel, timer\r\nContent-Type: application/sdp\r\n"
	"Content-Length: 163\r\n\r\n" PEER_SDP,
	"MESSAGE sip:alice@192.0.2.4 SIP/2.0\r\n"
	"Via: SIP/2.0/UDP 192.0.2.3;branch=z9hG4bKm2\r\n"
	"f: sip:bob@b.example;tag=m\r\nt: <sip:alice@atlanta.example.com>\r\n"
	"i: m2\r\nCSeq: 1 MESSAGE\r\nc: text/plain\r\nl: 5\r\n\r\nhello",
	"BYE sip:alice@192.0.2.4 SIP/2.0\r\n"
	"Via: SIP/2.0/UDP 192.0.2.3;branch=z9hG4bKm3\r\n"
	"From: \"Bob B.\" <sip:bob@biloxi.example.com>;tag=bobtag\r\n"
	"To: <sip:alice@atlanta.example.com>;tag=x\r\n"
	"Call-ID: in1@192.0.2.3\r\nCSeq: 2 BYE\r\n\r\n",
	"OPTIONS sip:alice@192.0.2.4 SIP/2.0\r\n"
	"Via: SIP/2.0/UDP [2001:db8::1];branch=z9hG4bKm4\r\n"
	"From: <sip:b%6fb@b.example;x=y?Subject=z>;tag=m\r\n"
	"To: <tel:+1234>\r\nCall-ID: m4\r\nCSeq: 1 OPTIONS\r\n"
	"Require: a, b\r\nAccept: */*;q=0.5\r\n"
	"Authorization: Digest username=\"a\", nonce=\"b\", uri=\"c\"\r\n\r\n",
	"SIP/2.0 401 Unauthorized\r\n"
	"Via: SIP/2.0/UDP 192.0.2.4:5060;branch=z9hG4bKm5\r\n"
	"WWW-Authenticate: Digest realm=\"a\", nonce=\"b\", qop=\"auth\"\r\n"
	"From: <sip:alice@atlanta.example.com>;tag=m\r\nTo: <sip:a@b>;tag=t\r\n"
	"Call-ID: m5\r\nCSeq: 1 REGISTER\r\n\r\n",
	"CANCEL sip:alice@192.0.2.4 SIP/2.0\r\n"
	"Via: SIP/2.0/UDP 192.0.2.3:5060;branch=z9hG4bKin1@192.0.2.3\r\n"
	"From: <sip:bob@b.example>;tag=bobtag\r\nTo: <sip:alice@a>\r\n"
	"Call-ID: in1@192.0.2.3\r\nCSeq: 1 CANCEL\r\n\r\n",
	WITHIN("REFER") "Contact: <sip:bob@192.0.2.3>\r\n"
			"Refer-To: \"C\" "
			"<sip:carol@192.0.2.5;method=INVITE?Replaces=a%40b%3B"
			"to-tag%3Dc%3Bfrom-tag%3Dd>\r\nReferred-By: "
			"<sip:bob@b>\r\n\r\n",
	WITHIN("NOTIFY") "Contact: <sip:bob@192.0.2.3>\r\n"
			 "Event: refer;id=1\r\nSubscription-State: "
			 "active;expires=60\r\n"
			 "Content-Type: message/sipfrag\r\n\r\nSIP/2.0 100 "
			 "Trying\r\n",
	WITHIN("UPDATE") "Contact: <sip:bob@192.0.2.3>\r\n"
			 "Content-Type: application/sdp\r\n\r\n" PEER_SDP,
	WITHIN("PRACK") "RAck: 1 1 INVITE\r\n\r\n",
	WITHIN("INFO") "Content-Type: application/dtmf-relay\r\n\r\n"
		       "Signal=5\r\nDuration=160\r\n",
	"INVITE sip:alice@192.0.2.4:5060 SIP/2.0\r\n"
	"Via: SIP/2.0/UDP 192.0.2.3:5060;branch=z9hG4bK" NEXT_BRANCH "\r\n"
	"From: <sip:carol@b.example>;tag=m\r\nTo: <sip:alice@a>\r\n"
	"Call-ID: m6\r\nCSeq: 1 INVITE\r\nRequire: replaces, 100rel\r\n"
	"Contact: <sip:carol@192.0.2.3:5060>\r\nReplaces: in1@192.0.2.3;"
	"to-tag=" PHONE_TAG ";from-tag=bobtag;early-only\r\n\r\n",
};

/* Bytes that mean something. */
static const char odd[] = "\r\n\t \"<>;:@=,%/?[]()\\0\xFF\x80-9aZ~*";

static void
mutate_once(char *p, size_t *n)
{
	size_t at = below((uint32_t)*n), part = 1 + below(20);

	if (part > *n - at)
		part = *n - at;
	switch (below(6)) {
	case 0:
		p[at] = odd[below(sizeof(odd))];
		break;
	case 1:
		p[at] ^= (char)(1 << below(8));
		break;
	case 2: /* cut out */
		memmove(p + at, p + at + part, *n - at - part);
		*n -= part;
		break;
	case 3: /* again */
		memmove(p + at + part, p + at, *n - at);
		*n += part;
		break;
	case 4: /* a line to somewhere else */
		memmove(p + below((uint32_t)(*n - part + 1)), p + at, part);
		break;
	default: /* much of one */
		part *= 1 + below(30);
		memmove(p + at + part, p + at, *n - at);
		memset(p + at, odd[below(sizeof(odd))], part);
		*n += part;
	}
	if (*n == 0)
		p[(*n)++] = 'x';
}

static void
mutate(struct message *m, unsigned i)
{
	const char *from = seeds[i % (sizeof(seeds) / sizeof(seeds[0]))];

	snprintf(m->name, sizeof(m->name), "mutation %u", i);
	m->n = strlen(from);
	m->bytes = malloc(MESSAGE_MAX);
	memcpy(m->bytes, from, m->n);
	for (unsigned steps = 1 + below(4); steps > 0 && m->n < 16000;)
		mutate_once(m->bytes, &m->n), steps--;
}

static void
mutations(void)
{
	const char *wanted = getenv("PHONE_MUTATIONS");
	unsigned n = wanted != NULL ? (unsigned)atoi(wanted) : 600, broken = 0;
	static struct message m[100];

	for (unsigned at = 0; at < n; at += 100) {
		for (unsigned i = 0; i < 100; i++)
			mutate(&m[i], at + i);
		broken += run_all(m, 100, 100);
		free_all(m, 100);
	}
	if (broken > 0)
		printf("  %u of %u mutations break it\n", broken, n);
	CU_ASSERT(broken == 0);
}

CHECK_MAIN("firmware: phone hostile", { "torture", torture },
    { "known to break libosip2", known }, { "mutations", mutations })
