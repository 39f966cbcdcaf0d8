/* What nodes of a run hear and say, played while it goes on: see
 * cli/live_sound.h. */
#include "cli/live_sound.h"

#include "base/err.h"
#include "base/mem.h"
#include "cli/exporters.h"
#include "jobs/program.h"
#include "listen/listen.h"
#include "live/feed.h"

/* Of samples in pairs, 16 bits, 8,000 a second.  The first that is there plays.
 */
static const char *const players[][12] = {
	{ "aplay", "-q", "-t", "raw", "-f", "S16_LE", "-r", "8000", "-c", "2",
	    NULL },
	{ "pacat", "--playback", "--raw", "--format=s16le", "--rate=8000",
	    "--channels=2", "--latency-msec=100", NULL },
};

struct live_sound {
	const struct cli *c;
	struct listen_who who;
	struct listening *ears;
	const struct trace *t; /* that EARS take */
	struct feed feed;
	bool over, told;
};

static const char *const *
choose_live_player(void)
{
	for (size_t i = 0; i < COUNT_OF(players); i++)
		if (program_is_there(players[i][0]))
			return players[i];
	return NULL;
}

static int
begin_playing(struct live_sound *s, const struct trace *t, struct diag *d)
{
	const char *const *player = choose_live_player();

	if (listen_check(t, &s->who, d) != 0)
		return d->err;
	if (player == NULL)
		return diag_set(d, ERR_UNSUPPORTED, NULL, 0,
		    _("to play sound while it runs this needs aplay (package "
		      "alsa-utils) or pacat (pulseaudio-utils)"));
	if (feed_begin(&s->feed, player) != 0)
		return diag_set(d, ERR_UNSUPPORTED, NULL, 0,
		    _("the program “%s” can't be started"), player[0]);
	return 0;
}

int
live_sound_open(struct live_sound **sp, const struct cli *c,
    const struct trace *t, struct diag *d)
{
	struct live_sound *s;

	*sp = NULL;
	if (!cli_wants_sound(c))
		return 0;
	s = mem_zalloc(1, sizeof(*s));
	*sp = s;
	if (s == NULL)
		return diag_set(
		    d, ERR_NOMEM, NULL, 0, "%s", err_text(ERR_NOMEM));
	s->c = c;
	s->who = (struct listen_who){ str_of(c->hear), c->says, c->nsays };
	s->feed = (struct feed)FEED_INIT;
	return begin_playing(s, t, d);
}

/* Anew where an act has put another trace in the place of the one before. */
static int
turn_ears(struct live_sound *s, const struct trace *t, int64_t now_ns)
{
	if (s->t == t)
		return 0;
	if (s->t == NULL)
		now_ns = 0;
	listening_close(s->ears);
	s->ears = NULL;
	s->t = t;
	return listening_open(&s->ears, &s->who, now_ns);
}

int
live_sound_go_on(
    struct live_sound *s, const struct trace *t, int64_t now_ns, struct diag *d)
{
	struct buf samples = BUF_INIT;
	int err;

	if (s == NULL || s->over)
		return 0;
	err = turn_ears(s, t, now_ns);
	if (err == 0)
		err = listening_go_on(s->ears, t, now_ns, &samples);
	if (err == 0)
		s->over = !feed_put(&s->feed, buf_view(&samples));
	buf_free(&samples);
	return err == 0 ? 0 : diag_set(d, err, NULL, 0, "%s", err_text(err));
}

void
live_sound_tell_end(struct live_sound *s)
{
	if (s == NULL || !s->over || s->told)
		return;
	cli_remark(s->c, "%s",
	    _("the program that plays has ended, perhaps as there is no sound "
	      "card: nothing more is played"));
	s->told = true;
}

void
live_sound_close(struct live_sound *s)
{
	if (s == NULL)
		return;
	listening_close(s->ears);
	feed_end(&s->feed);
	mem_free(s);
}
