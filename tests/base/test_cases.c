/*
 * The driver of cases (fixtures/case.h): a good one of each kind of step
 * passes, and one with a fault fails at its line.
 */
#include "base/buf.h"
#include "fixtures/case.h"
#include "jobs/program.h"

#include <unistd.h>

__attribute__((constructor)) static void
register_cases(void)
{
	static struct check_suite me = {
		.name = "cases", .file = "", .load = case_load
	};

	check_register(&me);
}

/* What the driver says of the case of STEPS, one that has a tab before each. */
static void
run_steps(const char *steps, struct buf *said)
{
	char path[] = "/tmp/test_cases.XXXXXX.case", self[500];
	const char *const argv[] = { self, path, NULL };
	struct program p = { .argv = argv, .bounds = { .said = 1 << 16 } };
	LOCAL_BUF complaints = BUF_INIT;
	ssize_t n = readlink("/proc/self/exe", self, sizeof(self) - 1);
	struct diag d = DIAG_INIT;
	int file = mkstemps(path, 5);
	FILE *f = fdopen(file, "w");

	CU_ASSERT_FATAL(n > 0 && f != NULL);
	self[n] = '\0';
	fprintf(f,
	    "node bob ua b.example 3 answer=never\ntester peer 9\n"
	    "def invites id more\n"
	    "\tpeer asks 3 INVITE sip:bob@192.0.2.3 <sip:bob@b.example> $id 1 "
	    "$id \"Contact: <sip:tester@192.0.2.9>\\n$more\"\n\twait 25\n"
	    "case made\n%s",
	    steps);
	fclose(f);
	program_run(&p, said, &complaints, &d);
	unlink(path);
}

static const struct {
	const char *steps; /* the last of them has the fault */
	const char *says;  /* NULL: there is none */
} rows[] = {
	{ "\tinvites a\n", NULL },
	{ "\tinvites a b c\n", "has more words than its def" },
	{ "\tinvites a\n\t\tsays x\n", "nothing stands below invites" },
	{ "\tnothing 1\n", "no such step: nothing 1" },
	{ "\ts a b\n", "no such step: s a b" },
	{ "\twait\n", "wait needs more words" },
	{ "\tis $nobody 1\n", "no $nobody" },
	{ "\tis 1 1\n\tisnt 1 2\n\tsays abc b\n\tlacks abc x\n", NULL },
	{ "\tlet n 3\n\tis ${3 x a} aaa\n\tis ${$n + 1} 4\n", NULL },
	{ "\tis 1 2\n", "“1” instead of “2”" },
	{ "\teach a 1\n\t\tis 1 1\n\n\t\tis 1 2\n", "“1” instead of “2”" },
	{ "\tisnt 1 1\n", "is “1”" },
	{ "\tsays abc x\n", "“abc” has no “x”" },
	{ "\tlacks abc b\n", "“abc” has “b”" },
	{ "\tlet a\n\t\tb\n\t\tc\n\tis $a \"b\\nc\\n\"\n", NULL },
	{ "\tlet who x\n\tlet sip $who@y\n\tis $sip x@y\n", NULL },
	{ "\teach a 1 2\n\t\tisnt $a 2\n", "is “2”" },
	{ "\tif \"\"\n\t\tis 1 2\n\tunless 1\n\t\tis 1 2\n\tif a b\n\t\tis 1 "
	  "2\n",
	    NULL },
	{ "\tif 1\n\t\tis 1 2\n", "“1” instead of “2”" },
	{ "\t| a | b\n\t| 1 | 1\n\t| 1 | 2\n\tis $a $b\n",
	    "“1” instead of “2”" },
	{ "\t| a | b\n\t| 1 | x y\n\tis $b \"x y\"\n", NULL },
	{ "\t| a\n\t| 1 | 2\n\tis 1 1\n", "more cells than names" },
	/* A world with testers. */
	{ "\tinvites a\n\tpeer got 1 INVITE/180 0 INVITE/200 1+ messages\n",
	    NULL },
	{ "\tinvites a\n\tpeer got 0 INVITE/180\n",
	    "peer got 1 INVITE/180, not 0" },
	{ "\tinvites a\n\tpeer has last !To: x\n\t\tstatus: 180\n\t\t=Call-ID: "
	  "a\n\t\tContact: bob\n",
	    NULL },
	{ "\tinvites a\n\tpeer has last nothing\n", "no field: nothing" },
	{ "\tinvites a\n\tpeer has last To: nobody\n",
	    "To is “<sip:bob@b.example>;tag=" },
	{ "\tinvites a\n\tpeer has last !To: bob\n", "not “!To: bob”" },
	{ "\tinvites a\n\tpeer has last =Call-ID: ab\n", "Call-ID is “a”" },
	{ "\tinvites a\n\tpeer has INVITE/200 To: bob\n",
	    "peer has no INVITE/200" },
	{ "\tinvites a\n\tpeer answers BYE 200\n", "there is no BYE" },
	{ "\tinvites a\n\tisnt ${peer #0 To;tag} \"\"\n\tis ${peer INVITE/180 "
	  "CSeq} \"1 INVITE\"\n",
	    NULL },
	{ "\ttester loc 5 5070\n\tpeer tells 5 5070 {\\\"id\\\":7}\n\twait 25\n"
	  "\tis ${loc last json:id} 7\n\tloc replies last ok\n\twait 25\n"
	  "\tis ${peer last bytes} ok\n",
	    NULL },
	{ "\ttester loc 5 5070\n\tloc tells 9 5060 x\n\twait 25\n\tpeer "
	  "replies #0 x\n\twait 25\n\tloc got 0 messages\n",
	    "loc got 1 messages, not 0" },
	{ "\tpeer replies #0 x\n", "there is no #0" },
	/* By TCP. */
	{ "\ttester t 5 tcp\n\tpeer connects 5\n\twait 25\n\tpeer writes\n\t\t"
	  "OPTIONS sip:t SIP/2.0\n\t\tContent-Length: 0\n\twait 25\n"
	  "\tt got 1 OPTIONS\n\tpeer aborts\n",
	    NULL },
	{ "\tpeer writes x\n", "there is no connection" },
	{ "\tis ${peer x} 1\n", "${} is of no tester's message" },
	{ "\tinvites a\n\tdo bob answer bob/1\n\twait 25\n\tstate bob/1 "
	  "moratorium\n",
	    NULL },
	{ "\tinvites a\n\tstate bob/1 confirmed\n", "bob/1 is not confirmed" },
	{ "\tdo bob answer bob/1 ! NOTFOUND\n", NULL },
	{ "\tdo bob answer bob/1\n", "NOTFOUND" },
	{ "\tinvites a\n\tstop 100\n", "things are held" },
	{ "\tinvites a\n\ttrace 1 kind=send src=bob status=180\n", NULL },
	{ "\tinvites a\n\ttrace 2 kind=send src=bob status=180\n",
	    "1 records are “kind=send src=bob status=180”, not 2" },
	{ "\ttrace 1 kind=sent\n", "kind=sent" },
	{ "\tinvites a\n\tflow\n\t\tkind=call\n\t\t1 x kind=send "
	  "status=180\n\t\tnone method=BYE\n",
	    NULL },
	{ "\tinvites a\n\tflow\n\t\tkind=send status=180\n\t\trule=invite-recv "
	  "node=bob\n",
	    "none is “rule=invite-recv node=bob”" },
	{ "\tinvites a\n\tflow\n\t\tnone status=180\n", "is “status=180”" },
	{ "\tinvites a\n\tflow\n\t\t2 x kind=send status=180\n",
	    "none is “kind=send status=180”" },
	/* Commands. */
	{ "\tfile a/b text $whom\n", "no $whom" },
	{ "\tfile a/b\n\t\tone\n\t\t\ttwo\n\tcat @a/b\n\t\tlines 1 "
	  "one\n\t\tlines 2\n\t\tsays two\n\t\tlacks x\n",
	    NULL },
	{ "\tfile a one\n\tcat @a\n\t\tgives on\n", "says “one”, not “on”" },
	{ "\tfile a one\n\tcat @a\n\t\tlines 2 one\n", "1 lines “one”" },
	{ "\tfile a one\n\tcat @a\n\t\tsays two\n",
	    "does not say “two” but: one" },
	{ "\tfile a one\n\tcat @a\n\t\tlacks one\n", "says “one”" },
	{ "\tfile a one\n\tcat @a\n\t\tempty\n", "says: one" },
	{ "\tfile a one\n\tcat @a\n\t\tshouts one\n",
	    "nothing is demanded by “shouts one”" },
	{ "\tplay direct-call --seed=0x\n", "status 2: " },
	{ "\tplay direct-call \"\"\n\t\tempty\n\ttrace 1 kind=act verb=bye\n",
	    NULL },
	{ "\tplay direct-call\n\t\tsays x\n", "does not say “x”" },
	{ "\tplay direct-call\n\ttrace 3 kind=act !verb=invite\n\ttrace 0 "
	  "kind=act verb=bye !node=alice !text=none\n",
	    "1 records are" },
	{ "\tplay direct-call\n\ttrace 1+ \"text=\\\\r\\\\nCSeq: 1 "
	  "INVITE\\\\r\"\n",
	    NULL },
	{ "\tplay direct-call\n\trung show @t.jsonl ${record kind=send "
	  "method=BYE}\n\t\tsays BYE sip:\n",
	    NULL },
	{ "\tplay direct-call\n\tis ${record kind=send method=INFO} 0\n",
	    "no record is “kind=send method=INFO”" },
	{ "\tpacket @c.pcap 500 1 2\n\t\tOPTIONS sip:b.example "
	  "SIP/2.0\n\t\tCall-ID: c\n\trung show @c.pcap "
	  "-m\n\t\tsays Call-ID: c\n\t\tsays 192.0.2.1 "
	  "\n\t\tlacks d\n",
	    "says “d”" },
	{ "\tpacket c.pcap\n", "packet needs more words" },
	{ "\tplay direct-call\n\ttrace 9 kind=act verb=bye\n",
	    "1 records are" },
	{ "\tcat @none\n", "status 1: " },
	{ "\tcat @none\n\t\tstatus 1\n\t\tsays No such file\n", NULL },
	{ "\tprogram true\n\t\tstatus 1\n", "status 0" },
	{ "\tfile a one\n\tshell gives one two\n\t\ta=two\n\t\techo $(cat "
	  "$WORK/a) $$a\n\tshell status 3\n\t\texit 3\n",
	    NULL },
	{ "\tshell says one\n\t\techo two\n", "does not say “one” but: two" },
	{ "\tshell\n\t\tfalse\n\t\ttrue\n", "status 1: " },
	{ "\tneeds sh cat\n\tis 1 2\n", "“1” instead of “2”" },
	{ "\tif 1\n\t\tneeds sh no-such-program\n\t\tis 1 2\n\tis 1 2\n",
	    NULL },
	{ "\tload LICENSE\n", "not JSON" },
	{ "\trows invites\n\t\t# none\n\t\t| a\n\t\t| b |\n\tpeer got 2 "
	  "INVITE/180\n",
	    NULL },
	{ "\trows invites\n\t\t| a | b | c\n", "more cells than names" },
	{ "\trows nothing\n\t\t| a\n", "no def nothing" },
	{ "\tlet all 1 1\n\tis $*all\n", NULL },
	{ "\tlet all \"1 2\"\n\tis $*all\n", "“1” instead of “2”" },
	{ "\tfile a/\n\tcd $WORK/a\n\tprogram A=b sh -c \"pwd; printenv A >&2; "
	  "cat\" < LICENSE > @a/b\n\t\terrs b\n\tcat @a/b\n\t\tmatches "
	  "^/.*/a$\n\t\tmatches (GNU|BSD)\n",
	    NULL },
	{ "\tprogram echo a\n\t\terrs a\n", "does not say “a” alone" },
	{ "\tprogram sh -c \"printf 'a\\nb\\n' >&2\"\n\t\terrs a\n",
	    "does not say “a” alone but: a\nb" },
	{ "\tprogram echo a\n\t\tmatches ^b\n", "nothing is “^b” in: a" },
	{ "\tis $$x \"$$\\x78\"\n", NULL },
	{ "\trung -V\n\t\tas --version\n\t\tcells 200\n\t\tascii\n", NULL },
	{ "\trung -V\n\t\tas help\n", "says another thing than help" },
	{ "\tprogram cat tests/golden/layers.txt\n\t\tgolden layers.txt\n",
	    NULL },
	{ "\trung -V\n\t\tgolden layers.txt\n", "differs from " },
	{ "\trung -V\n\t\tcells 4\n", "cells: rung" },
	{ "\tprogram true\n\t\tcells 4\n", "says nothing" },
	{ "\tprogram printf \\xe2\\x9c\\x93\n\t\tplain\n", NULL },
	{ "\tprogram printf \\xe2\\x9c\\x93\n\t\tascii\n", "has other signs" },
	{ "\tprogram printf \x1b\n\t\tplain\n", "has other signs" },
	{ "\tprogram echo a\n\t\tnone ^b\n\t\tnone ^a\n",
	    "something is “^a” in: a" },
	{ "\tprogram echo a\n\tlet x ${said}\n\tprogram echo b\n\tis $x a\n",
	    NULL },
	{ "\tprogram echo a\n\tsaid\n\t\tsays b\n", "does not say “b”" },
};

static void
fails_where_it_must(void)
{
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct buf said = BUF_INIT;
		bool failed, told;

		run_steps(rows[i].steps, &said);
		failed = strstr(buf_cstr(&said), " 0 failed") == NULL;
		told = rows[i].says != NULL &&
		       strstr(buf_cstr(&said), rows[i].says) != NULL;
		if (failed != (rows[i].says != NULL) || (failed && !told)) {
			printf("  row %zu: %s\n", i, buf_cstr(&said));
			CU_FAIL("another outcome");
		}
		buf_free(&said);
	}
}

CHECK_MAIN("test_cases", { "fails where it must", fails_where_it_must }, )
