/* Documents of conferences, written; see msg/conference_info.h. */
#include "msg/conference_info.h"

#include "text/xml.h"

#define NAMESPACE "urn:ietf:params:xml:ns:conference-info"

static const char *const state_words[] = {
#define X(id, word) [CONFERENCE_##id] = word,
	CONFERENCE_STATES(X)
#undef X
};

/* 5.3, 5.5: of what has no state of its own all is said each time. */
static void
put_head(struct buf *out, const struct conference_info *info)
{
	if (info->state == CONFERENCE_FULL)
		xml_print(out,
		    " <conference-description>\r\n"
		    "  <conf-uris><entry><uri>%.*s</uri>"
		    "<purpose>participation</purpose></entry></conf-uris>\r\n"
		    "  <maximum-user-count>%u</maximum-user-count>\r\n"
		    " </conference-description>\r\n",
		    STR_ARG(info->entity), info->most);
	xml_print(out,
	    " <conference-state><user-count>%u</user-count>"
	    "<active>true</active><locked>%s</locked></conference-state>\r\n"
	    " <users state=\"%s\">\r\n",
	    info->users, info->locked ? "true" : "false",
	    state_words[info->state]);
}

void
conference_info_begin(struct buf *out, const struct conference_info *info)
{
	xml_print(out,
	    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\r\n"
	    "<conference-info xmlns=\"%s\"\r\n"
	    " entity=\"%.*s\" state=\"%s\" version=\"%u\">\r\n",
	    NAMESPACE, STR_ARG(info->entity), state_words[info->state],
	    info->version);
	/* 4.4: what is deleted has no children. */
	if (info->state != CONFERENCE_DELETED)
		put_head(out, info);
}

void
conference_info_end(struct buf *out, const struct conference_info *info)
{
	if (info->state != CONFERENCE_DELETED)
		buf_puts(out, " </users>\r\n");
	buf_puts(out, "</conference-info>\r\n");
}

void
conference_info_user(struct buf *out, struct str entity, bool deleted)
{
	xml_print(out, "  <user entity=\"%.*s\" state=\"%s\"", STR_ARG(entity),
	    state_words[deleted ? CONFERENCE_DELETED : CONFERENCE_FULL]);
	buf_puts(out, deleted ? "/>\r\n" : ">\r\n");
}

void
conference_info_user_end(struct buf *out)
{
	buf_puts(out, "  </user>\r\n");
}

void
conference_info_endpoint(
    struct buf *out, const struct conference_endpoint *endpoint)
{
	xml_print(out,
	    "   <endpoint entity=\"%.*s\"><status>%s</status>"
	    "<joining-method>%s</joining-method>\r\n",
	    STR_ARG(endpoint->entity), endpoint->status, endpoint->joined);
}

void
conference_info_media(struct buf *out, const struct conference_media *media)
{
	xml_print(out,
	    "    <media id=\"%u\"><type>%.*s</type>"
	    "<status>%s</status></media>\r\n",
	    media->id, STR_ARG(media->type), media->status);
}

void
conference_info_endpoint_end(struct buf *out)
{
	buf_puts(out, "   </endpoint>\r\n");
}
