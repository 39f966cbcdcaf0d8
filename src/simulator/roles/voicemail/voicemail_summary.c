/*
 * What waits in a mailbox, told to who has subscribed to it: the package
 * message-summary, RFC 3842.  It is for the mailbox's owner alone (3.7).
 */
#include "roles/voicemail/voicemail_in.h"

#include "base/err.h"

/* 3.4: hours or days. */
#define LEAST_S 60
#define MOST_S  86400

/* The mailbox's own URI; that of the voice mail is the subscriber's own
 * mailbox. */
static unsigned
admit_owner(struct agent_notifier *n, const struct sip_in *in)
{
	struct voicemail *v = voicemail_of(n->agent);
	struct voicemail_box *own = voicemail_of_caller(v, in->m);
	struct voicemail_box *box = voicemail_find(v, in->m->uri);

	if (box == NULL)
		box = own;
	if (box == NULL)
		return 404;
	n->arg = box;
	return box == own ? 0 : 403;
}

static int
write_summary(struct agent_notifier *n, struct buf *out)
{
	const struct voicemail_box *box = n->arg;
	LOCAL_BUF uri = BUF_INIT;
	struct message_summary s = {
		.waiting = box->voice.fresh > 0,
		.counted = true,
		.voice = box->voice,
		.urgent = box->urgent,
	};
	int err;

	voicemail_write_uri(voicemail_of(n->agent), box, &uri);
	s.account = buf_view(&uri);
	message_summary_write(&s, out);
	err = uri.err | out->err;
	return err != 0 ? ERR_NOMEM : 0;
}

const struct agent_service voicemail_summary = {
	.package = &agent_packages[AGENT_PACKAGE_MESSAGE_SUMMARY],
	.least_s = LEAST_S,
	.most_s = MOST_S,
	.admit = admit_owner,
	.write = write_summary,
};

void
voicemail_tell(struct voicemail *v, const struct voicemail_box *box)
{
	list_each (struct agent_notifier, n, &v->agent.notifiers, link)
		if (n->arg == box)
			agent_notify(n);
}
