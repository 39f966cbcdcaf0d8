/*
 * Every text on the screen, in both languages: X(NAME, English, Chinese).  A
 * row of the panel has twenty columns, a Chinese character takes two.
 */
#ifndef FIRMWARE_PHONE_TEXTS_H
#define FIRMWARE_PHONE_TEXTS_H

/* clang-format off */
#define TEXTS(X)                                                               \
	X(NONE, "", "")                                                        \
	/* what it is called */                                                \
	X(PHONE, "SIP handset", "SIP话机")                                     \
	X(VERSION, "Version 1.0", "版本 1.0")                                  \
	X(STARTING, "Starting...", "正在启动…")                                \
	X(WAS_RESET, "Watchdog reset", "看门狗复位")                           \
	/* registration */                                                     \
	X(UNREGISTERED, "Not registered", "未注册")                            \
	X(REGISTERING, "Registering...", "正在注册…")                          \
	X(REGISTERED, "Registered", "已注册")                                  \
	X(REGISTER_FAILED, "Register failed", "注册失败")                      \
	/* soft keys */                                                        \
	X(SOFT_MENU, "Menu", "菜单")                                           \
	X(SOFT_BOOK, "Names", "名单")                                          \
	X(SOFT_CALL, "Call", "呼叫")                                           \
	X(SOFT_DELETE, "Delete", "删除")                                       \
	X(SOFT_BACK, "Back", "返回")                                           \
	X(SOFT_OK, "OK", "确定")                                               \
	X(SOFT_ANSWER, "Answer", "接听")                                       \
	X(SOFT_REFUSE, "Refuse", "拒接")                                       \
	X(SOFT_HOLD, "Hold", "保持")                                           \
	X(SOFT_RESUME, "Resume", "恢复")                                       \
	X(SOFT_SWAP, "Swap", "切换")                                           \
	X(SOFT_END, "End", "挂断")                                             \
	X(SOFT_SHOW, "Show", "查看")                                           \
	X(SOFT_CHANGE, "Change", "更改")                                       \
	/* menus */                                                            \
	X(MENU, "Menu", "菜单")                                                \
	X(BOOK, "Phone book", "电话簿")                                        \
	X(REDIAL, "Dialled", "已拨电话")                                       \
	X(MISSED, "Missed calls", "未接来电")                                  \
	X(MESSAGES, "Messages", "短消息")                                      \
	X(SETTINGS, "Settings", "设置")                                        \
	X(DIAL, "Dial", "拨号")                                                \
	X(WRITE, "Send text", "发短消息")                                      \
	X(ACTIONS, "Options", "选项")                                          \
	X(NEW_CALL, "New call", "新呼叫")                                      \
	X(TRANSFER, "Transfer to", "转接到")                                   \
	X(JOIN, "Join both", "接通双方")                                       \
	X(EMPTY, "Nothing here", "没有内容")                                   \
	X(FROM, "From ", "来自 ")                                              \
	/* settings */                                                         \
	X(LANGUAGE, "Language", "语言")                                        \
	X(LANGUAGE_NAME, "English", "中文")                                    \
	X(ANSWER_MODE, "Answer", "自动接听")                                   \
	X(ANSWER_NEVER, "by hand", "关")                                       \
	X(ANSWER_AFTER, "after ", "")                                          \
	X(SECONDS, " s", "秒")                                                 \
	X(REGISTER, "Register", "注册")                                        \
	X(ON, "on", "开")                                                      \
	X(OFF, "off", "关")                                                    \
	X(INFO, "About", "本机")                                               \
	/* texts that are ready to be sent */                                  \
	X(READY_LATER, "I'll call you later.", "我稍后打给你。")               \
	X(READY_CALL, "Please call me.", "请打电话给我。")                     \
	X(READY_WAY, "I'm on my way.", "我在路上。")                           \
	X(READY_YES, "Yes.", "好的。")                                         \
	X(READY_NO, "Sorry, no.", "对不起，不行。")                            \
	X(SENT, "Message sent", "消息已发")                                    \
	X(NOT_SENT, "Not sent", "发送失败")                                    \
	/* idle */                                                             \
	X(MISSED_COUNT, "Missed calls: ", "未接来电: ")                        \
	X(MESSAGE_COUNT, "New messages: ", "新消息: ")                         \
	/* calls */                                                            \
	X(CALLING, "Calling...", "正在呼叫…")                                  \
	X(PROCEEDING, "Connecting...", "正在接续…")                            \
	X(RINGING, "It rings...", "对方振铃…")                                 \
	X(INCOMING, "Incoming call", "来电")                                   \
	X(WAITING, "Call waiting", "来电等待")                                 \
	X(ANSWERING, "Answering...", "正在接听…")                              \
	X(TALKING, "Talking", "通话中")                                        \
	X(HELD, "On hold", "保持中")                                           \
	X(HELD_BY_PEER, "You are on hold", "对方保持")                         \
	X(HEARD, "Keys: ", "按键: ")                                           \
	X(OTHER_HELD, "Held: ", "保持: ")                                      \
	X(OTHER_WAITS, "Waits: ", "等待: ")                                    \
	X(TRANSFERRING, "Transferring...", "正在转接…")                        \
	X(TRANSFERRED, "Transferred", "已转接")                                \
	X(NOT_TRANSFERRED, "Not transferred", "转接失败")                      \
	X(NOW_WITH, "Now with", "现在通话")                                    \
	X(ENDED, "Call ended", "通话结束")                                     \
	X(MISSED_CALL, "Missed call", "未接来电")                              \
	X(CANCELLED, "Call cancelled", "已取消")                               \
	X(SENT_ON, "Sent on to", "转到")                                       \
	X(UNKNOWN_HOST, "Unknown host", "找不到主机")                          \
	X(NO_SOUND_AGREED, "No common codec", "没有共同编码")                  \
	X(NO_LINE, "No free line", "线路全忙")                                 \
	/* what a status means (RFC 3261 21) */                                \
	X(S_BAD_REQUEST, "Bad request", "请求有误")                            \
	X(S_UNAUTHORIZED, "Wrong password", "密码错误")                        \
	X(S_FORBIDDEN, "Forbidden", "禁止呼叫")                                \
	X(S_NOT_FOUND, "Not found", "查无此人")                                \
	X(S_METHOD, "Not allowed", "不允许")                                   \
	X(S_NOT_ACCEPTABLE, "Not acceptable", "不能接受")                      \
	X(S_TIMEOUT, "No answer", "无应答")                                    \
	X(S_GONE, "Gone", "号码已撤")                                          \
	X(S_TOO_LARGE, "Message too large", "消息太大")                        \
	X(S_MEDIA_TYPE, "Unknown media type", "媒体不支持")                    \
	X(S_EXTENSION, "Missing extension", "扩展不支持")                      \
	X(S_UNAVAILABLE, "Not available", "暂时不在")                          \
	X(S_NO_CALL, "No such call", "呼叫不存在")                             \
	X(S_LOOP, "Loop in the network", "网络有环路")                         \
	X(S_HOPS, "Too many hops", "转发过多")                                 \
	X(S_ADDRESS, "Incomplete address", "号码不全")                         \
	X(S_AMBIGUOUS, "Ambiguous address", "号码不明确")                      \
	X(S_BUSY, "Busy", "对方忙")                                            \
	X(S_TERMINATED, "Call cancelled", "呼叫已取消")                        \
	X(S_NO_MEDIA, "No common media", "媒体不相容")                         \
	X(S_PENDING, "Request pending", "请求未完成")                          \
	X(S_CLIENT, "Refused", "被拒绝")                                       \
	X(S_SERVER, "Server error", "服务器出错")                              \
	X(S_NOT_IMPLEMENTED, "Not implemented", "功能未实现")                  \
	X(S_GATEWAY, "Bad gateway", "网关出错")                                \
	X(S_SERVICE, "Service unavailable", "服务不可用")                      \
	X(S_SERVER_TIMEOUT, "Server timed out", "服务器超时")                  \
	X(S_VERSION, "SIP version", "SIP版本不符")                             \
	X(S_BUSY_ALL, "Busy everywhere", "全部忙线")                           \
	X(S_DECLINED, "Declined", "对方拒接")                                  \
	X(S_NOWHERE, "Exists nowhere", "号码不存在")                           \
	X(S_REDIRECT, "Moved", "已转移")                                       \
	/* days, for the date */                                               \
	X(SUNDAY, "Sun", "周日")                                               \
	X(MONDAY, "Mon", "周一")                                               \
	X(TUESDAY, "Tue", "周二")                                              \
	X(WEDNESDAY, "Wed", "周三")                                            \
	X(THURSDAY, "Thu", "周四")                                             \
	X(FRIDAY, "Fri", "周五")                                               \
	X(SATURDAY, "Sat", "周六")

enum text_id {
#define TEXT_ID(id, en, zh) TEXT_##id,
	TEXTS(TEXT_ID)
#undef TEXT_ID
	TEXTS_COUNT
};
/* clang-format on */

enum language { LANGUAGE_EN, LANGUAGE_ZH };

/* UTF-8. */
const char *text_of(enum language language, enum text_id id);
/* What a final status means to a person. */
enum text_id text_of_status(int status);

#endif
