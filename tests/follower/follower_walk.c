/* What follower_walk.h declares. */
#include "follower_walk.h"

#include "base/err.h"
#include "base/mem.h"
#include "msg/header_names.h"

static struct str
walk_key(struct follower_walk *w, uint32_t node, struct str call,
    struct str local, struct str remote)
{
	buf_clear(&w->key);
	buf_printf(&w->key, "%u %.*s %.*s %.*s", node, STR_ARG(call),
	    STR_ARG(local), STR_ARG(remote));
	return buf_view(&w->key);
}

struct str
follower_own_tag(
    const struct follower_walk *w, const struct followed_message *s, bool own)
{
	bool from =
	    s->msg->request == (trace_kind_of(w->t, s->seq) == TRACE_SEND);

	return from == own ? s->from_tag : s->to_tag;
}

struct followed_dialog *
follower_walk_dialog(struct follower_walk *w, uint32_t node, struct str call,
    struct str local, struct str remote)
{
	return map_get(w->dialogs, walk_key(w, node, call, local, remote));
}

const struct followed_session *
follower_walk_session(const struct follower_walk *w, struct str key)
{
	struct str call, local, remote = key;

	(void)str_cut(remote, ' ', &remote);
	call = str_cut(remote, ' ', &remote);
	local = str_cut(remote, ' ', &remote);
	return follower_find_session(w->f, call, local, remote);
}

bool
follower_sides_fit(
    const struct follower_walk *w, const struct followed_session *k)
{
	if (k->agreed[0] == 0 || k->agreed[1] == 0)
		return k->agreed[0] == k->agreed[1] && k->since == 0;
	return trace_node_of(w->t, k->agreed[0]) == k->node[0] &&
	       trace_node_of(w->t, k->agreed[1]) == k->node[1] &&
	       k->since ==
		   (k->agreed[0] > k->agreed[1] ? k->agreed[0] : k->agreed[1]);
}

static void
walk_first(int64_t *at, bool is, int64_t t)
{
	if (is && *at == FOLLOWER_NEVER)
		*at = t;
}

/* What S has made of its dialog. */
static int
walk_note(struct follower_walk *w, const struct followed_message *s)
{
	const struct followed_dialog *d = s->dialog;
	struct follower_times *at;

	if (d == NULL)
		return 0;
	at = &w->times[d->id];
	if ((s->events & FOLLOWER_DIALOG_MADE) != 0)
		*at = (struct follower_times){ FOLLOWER_NEVER, FOLLOWER_NEVER,
			FOLLOWER_NEVER, FOLLOWER_NEVER };
	walk_first(&at->made, true, s->time);
	walk_first(&at->confirmed, (s->events & FOLLOWER_DIALOG_CONFIRMED) != 0,
	    s->time);
	walk_first(&at->acked, d->ack != 0, s->time);
	walk_first(
	    &at->ended, (s->events & FOLLOWER_DIALOG_ENDED) != 0, s->time);
	if ((s->events & FOLLOWER_DIALOG_MADE) == 0)
		return 0;
	return map_put(w->dialogs,
	    walk_key(w, d->node, msg_value(s->msg, MSG_H_CALL_ID),
		follower_own_tag(w, s, true), follower_own_tag(w, s, false)),
	    s->dialog);
}

int
follower_walk(struct follower_walk *w, const struct trace *t,
    void (*fn)(const struct follower_walk *w, const struct followed_message *s,
	void *arg),
    void *arg)
{
	size_t n = (size_t)trace_count(t) + 1;
	struct followed_message s;
	int err;

	*w = (struct follower_walk){ .t = t };
	w->events = mem_zalloc(n, sizeof(*w->events));
	w->dialog = mem_zalloc(n, sizeof(*w->dialog));
	w->times = mem_zalloc(n, sizeof(*w->times));
	err = w->events == NULL || w->dialog == NULL || w->times == NULL
		  ? ERR_NOMEM
		  : follower_create(&w->f, !trace_is_of_capture(t));
	if (err == 0)
		err = map_create(&w->dialogs);
	for (uint64_t seq = 1; err == 0 && seq < n; seq++) {
		err = follower_read(w->f, t, seq, &s);
		if (err == ERR_NOTFOUND) {
			err = 0;
			continue;
		}
		w->events[seq] = s.events;
		w->dialog[seq] = s.dialog;
		if (err == 0)
			err = walk_note(w, &s);
		if (err == 0 && fn != NULL)
			fn(w, &s, arg);
	}
	if (err != 0)
		follower_walk_free(w);
	return err;
}

void
follower_walk_free(struct follower_walk *w)
{
	follower_destroy(w->f);
	map_destroy(w->dialogs);
	mem_free(w->events);
	mem_free(w->dialog);
	mem_free(w->times);
	buf_free(&w->key);
	*w = (struct follower_walk){ .t = NULL };
}
