/*
 * What the firmware's phone shows, in both languages, as the emulator will read
 * it: cells of the panel by the font.  PHONE_PICTURES names a folder for the
 * same as pictures.
 */
#include "fixtures/firmware_peer.h"

#include "firmware/phone/panel.h"
#include "firmware/phone/texts.h"
#include "fixtures/golden.h"

static struct buf all;
static const char *language;

static void
shot(const char *name)
{
	const char *folder = getenv("PHONE_PICTURES");
	char path[256];
	static unsigned n;

	buf_printf(&all, "%s\n%s\n", name, world_screen());
	if (folder == NULL)
		return;
	snprintf(path, sizeof(path), "%s/%s-%02u.pbm", folder, language, ++n);
	world_picture(path);
}

static void
outgoing(void)
{
	const char *invite;

	world_press("{soft2}");
	shot("phone book");
	world_press("{down}{call}");
	shot("calling");
	invite = world_take("INVITE");
	peer_answer(invite, "180 Ringing", "c1", PEER_CONTACT, NULL);
	shot("it rings");
	peer_answer(invite, "200 OK", "c1", PEER_CONTACT, PEER_SDP);
	world_run(83000);
	world_press("12#");
	shot("talking, digits");
	peer_invite(1, NULL, PEER_SDP);
	shot("call waiting");
	world_press("{call}");
	peer_answer(
	    world_take("INVITE"), "200 OK", NULL, PEER_CONTACT, PEER_SDP);
	shot("second call answered");
	world_press("{end}");
	shot("first call held");
	world_press("{end}");
	shot("after both");
	world_run(100000);
}

static void
incoming(void)
{
	peer_invite(2, NULL, PEER_SDP);
	shot("incoming");
	peer_send(&(struct peer_request){ "CANCEL", "in2@192.0.2.3",
	    "in2@192.0.2.3", "bobtag", NULL, 1, NULL, NULL, NULL, NULL });
	shot("missed");
	peer_send(&(struct peer_request){ "MESSAGE", "m", "m", "bobtag", NULL,
	    1, NULL, "text/plain",
	    "Hello Alice, lunch at 12? 食堂见，别忘了带实验报告。 Bob", NULL });
	world_run(3100);
	shot("idle, missed and message");
}

static void
menus(void)
{
	world_press("{soft1}");
	shot("menu");
	world_press("4{ok}");
	shot("message");
	world_press("{soft2}{soft2}{soft1}3");
	shot("missed calls");
	world_press("{end}{call}");
	shot("dialled");
	world_press("{end}{soft1}5");
	shot("settings");
	world_press("2");
	shot("answer changed");
	world_press("4");
	shot("about");
	world_press("{end}1001");
	shot("dial");
	world_press("#");
	peer_answer(
	    world_take("INVITE sip:1001"), "404 Not Found", "x", NULL, NULL);
	shot("not found");
	world_run(3100);
	shot("idle");
}

/* A call, and what can be done in it. */
static void
options(void)
{
	const char *ok, *tag;

	peer_invite(3, NULL, PEER_SDP);
	world_press("{call}");
	ok = peer_gets("SIP/2.0 200");
	tag = peer_param(peer_header(ok, "To"), "tag");
	peer_send(&(struct peer_request){ "ACK", "a3", "in3@192.0.2.3",
	    "bobtag", tag, 1, NULL, NULL, NULL, NULL });
	peer_send(&(struct peer_request){ "INFO", "i3", "in3@192.0.2.3",
	    "bobtag", tag, 2, NULL, "application/dtmf", "5", NULL });
	shot("a key of the other side");
	world_press("{ok}");
	shot("options");
	world_press("3");
	shot("texts");
	world_press("{end}{ok}21002");
	shot("transfer to");
	world_press("#");
	shot("transferring");
	peer_answer(world_take("REFER"), "603 Decline", NULL, NULL, NULL);
	shot("not transferred");
	world_press("{end}{ok}11002#");
	peer_answer(
	    world_take("INVITE"), "200 OK", NULL, PEER_CONTACT, PEER_SDP);
	peer_answer(
	    world_take("INVITE"), "200 OK", "c2", PEER_CONTACT, PEER_SDP);
	world_press("{ok}");
	shot("options with two calls");
	world_press("1");
	peer_answer(world_take("REFER"), "202 Accepted", NULL, NULL, NULL);
	peer_send(
	    &(struct peer_request){ "NOTIFY", "n3", "in3@192.0.2.3", "bobtag",
		tag, 3, "Event: refer\r\nSubscription-State: terminated\r\n",
		"message/sipfrag", "SIP/2.0 200 OK", NULL });
	shot("transferred");
	world_press("{end}{end}");
	world_run(100000);
}

static void
story(const char *config, const char *file)
{
	world_open(config);
	world_run(0);
	shot("boot");
	peer_answer(world_take("REGISTER"), "200 OK", "r",
	    "Contact: <sip:alice@192.0.2.4:5060>;expires=3600\r\n", NULL);
	world_run(1000);
	shot("idle");
	outgoing();
	incoming();
	menus();
	options();
	world_close();
	CU_ASSERT(golden_same(file, buf_view(&all)));
	/* The font has it all. */
	CU_ASSERT(strstr(all.p, "\xEF\xBF\xBD") == NULL);
	buf_free(&all);
}

static void
english(void)
{
	language = "en";
	story(PEER_CONFIG "register=yes ", "firmware-screens-en.txt");
}

static void
chinese(void)
{
	language = "zh";
	story(PEER_CONFIG "register=yes lang=zh ", "firmware-screens-zh.txt");
}

/* The settings change the language at once. */
static void
switched(void)
{
	peer_begin(1500);
	PRESSED("{soft1}5", "Language: English");
	PRESSED("1", "语言: 中文");
	world_close();
}

/* Every text fits a row, and has a form in both languages. */
static void
fit(void)
{
	static const struct {
		const char *en, *zh;
	} rows[] = {
#define ROW(id, en, zh) { en, zh },
		TEXTS(ROW)
#undef ROW
	};

	for (size_t i = 1; i < sizeof(rows) / sizeof(rows[0]); i++) {
		CU_ASSERT(panel_width(rows[i].en) <= PANEL_COLS);
		CU_ASSERT(panel_width(rows[i].zh) <= PANEL_COLS);
		CU_ASSERT(rows[i].en[0] != '\0');
	}
	CU_ASSERT(panel_width("\344\270\255a") == 3);
}

CHECK_MAIN("firmware: phone screens", { "english", english },
    { "chinese", chinese }, { "switched", switched }, { "fit", fit })
