/*
 * The commands of GB/T 28181 with their elements: A.2.3 to A.2.6 of the edition
 * of 2022, and the elements of 2016 alone.  Letter case of
 * elements new in 2022 is that of running programs.
 */
#include "surveillance/manscdp.h"

#include "base/i18n.h"
#include "base/rows.h"

#define VALUES(name, ...)                                         \
	static const struct manscdp_value name[] = { __VA_ARGS__, \
		{ NULL, NULL } }
#define FIELDS(table, ...)                                         \
	static const struct manscdp_field table[] = { __VA_ARGS__, \
		{ .name = NULL } }
#define FIELD(name, kind, need, text)                                  \
	{                                                              \
		name, MANSCDP_##kind, MANSCDP_##need, text, NULL, NULL \
	}
#define WORD(name, need, values, text)                                 \
	{                                                              \
		name, MANSCDP_WORD, MANSCDP_##need, text, values, NULL \
	}
#define GROUP(name, kind, need, group, text)                            \
	{                                                               \
		name, MANSCDP_##kind, MANSCDP_##need, text, NULL, group \
	}

#define CMD_TYPE FIELD("CmdType", TEXT, MUST, N_("which command this is"))
#define SN                        \
	FIELD("SN", NUMBER, MUST, \
	    N_("the number of the command, which its answer repeats"))
#define DEVICE_ID                   \
	FIELD("DeviceID", ID, MUST, \
	    N_("whom it is about: a device, a channel or a system"))
/* What nearly all begin with. */
#define HEAD         CMD_TYPE, SN, DEVICE_ID
#define RESULT(need) WORD("Result", need, results, N_("whether it was done"))
#define SUM_NUM(need)                 \
	FIELD("SumNum", NUMBER, need, \
	    N_("how many items there are in all messages together"))
#define PLACE(need)                                         \
	FIELD("Longitude", REAL, need, N_("degrees east")), \
	    FIELD("Latitude", REAL, need, N_("degrees north"))

/* clang-format off */
VALUES(results, { "OK", N_("it was done") }, { "ERROR", N_("it was not done") });
VALUES(health, { "OK", N_("it works") }, { "ERROR", N_("something is broken") });
VALUES(online, { "ONLINE", N_("it is there") }, { "OFFLINE", N_("it is not there") });
VALUES(switches, { "ON", N_("it is on") }, { "OFF", N_("it is off") });
VALUES(duties, { "ONDUTY", N_("guarded") }, { "OFFDUTY", N_("not guarded") }, { "ALARM", N_("it raises an alarm") });
VALUES(yes, { "0", N_("no") }, { "1", N_("yes") });
VALUES(secrecy, { "0", N_("not secret") }, { "1", N_("secret") });
VALUES(ways, { "1", N_("by a password, as SIP's digest") }, { "2", N_("by a password, both ways") }, { "3", N_("by certificates, both ways") });
VALUES(domes, { "1", N_("a dome that turns") }, { "2", N_("half a dome") }, { "3", N_("fixed") }, { "4", N_("fixed, can be turned from afar") });
VALUES(events, { "ON", N_("it is on-line") }, { "OFF", N_("it is off-line") }, { "VLOST", N_("its video is lost") },
	{ "DEFECT", N_("it is broken") }, { "ADD", N_("it is new") }, { "DEL", N_("it is gone") }, { "UPDATE", N_("something of it has changed") });
VALUES(record_types, { "time", N_("recorded by the clock") }, { "alarm", N_("recorded because of an alarm") },
	{ "manual", N_("recorded by hand") }, { "all", N_("recorded for whatever reason") });
VALUES(priorities, { "0", N_("all of them") }, { "1", N_("the highest") }, { "2", N_("the second") }, { "3", N_("the third") }, { "4", N_("the lowest") });
VALUES(methods, { "0", N_("all of them") }, { "1", N_("by telephone") }, { "2", N_("by a device, which stays silent until AlarmCmd has reset it") },
	{ "3", N_("by a text message") }, { "4", N_("by satellite positioning") }, { "5", N_("by what the video shows") },
	{ "6", N_("a device is broken") }, { "7", N_("in another way") });
VALUES(endings, { "121", N_("the file has been sent to its end") });
VALUES(boot, { "Boot", N_("begin anew; it registers again") });
VALUES(record_commands, { "Record", N_("begin to record") }, { "StopRecord", N_("end recording") });
VALUES(guard_commands, { "SetGuard", N_("guard from now on") }, { "ResetGuard", N_("guard no longer") });
VALUES(alarm_commands, { "ResetAlarm", N_("the alarm has been seen; the next one may come") });
VALUES(frame_commands, { "Send", N_("send a key frame at once") });
VALUES(tracking, { "Auto", N_("follow by itself") }, { "Manual", N_("follow what is marked") }, { "Stop", N_("follow no longer") });
VALUES(configs, { "BasicParam", N_("name, registration and keep-alive") }, { "VideoParamOpt", N_("what video it can make") },
	{ "SVACEncodeConfig", N_("how it codes SVAC") }, { "SVACDecodeConfig", N_("how it decodes SVAC") },
	{ "VideoParamAttribute", N_("how it codes video") }, { "VideoRecordPlan", N_("when it records") },
	{ "VideoAlarmRecord", N_("what it records at an alarm") }, { "PictureMask", N_("what is covered in the picture") },
	{ "FrameMirror", N_("whether the picture is turned") }, { "AlarmReport", N_("which alarms it reports") },
	{ "OSDConfig", N_("what is written into the picture") }, { "SnapShotConfig", N_("still pictures") });
VALUES(upgrade_reasons, { "01", N_("the file could not be fetched") }, { "02", N_("the file is not the right one") },
	{ "03", N_("it could not be put in place") }, { "99", N_("something else") });

/* 5.1: what a catalogue says of one camera, region or group. */
FIELDS(item_info,
	WORD("PTZType", MAY, domes, N_("how the camera can be turned")),
	FIELD("PositionType", NUMBER, 2016, N_("what kind of place it looks at")),
	FIELD("RoomType", NUMBER, MAY, N_("outdoors (1) or indoors (2)")),
	FIELD("UseType", NUMBER, 2016, N_("what it is used for")),
	FIELD("SupplyLightType", NUMBER, MAY, N_("its light by night")),
	FIELD("DirectionType", NUMBER, MAY, N_("where it looks, from 1 (east)")),
	FIELD("Resolution", TEXT, MAY, N_("the sizes of its pictures")),
	FIELD("BusinessGroupID", ID, 2016, N_("the group that it belongs to")),
	FIELD("DownloadSpeed", TEXT, MAY, N_("how fast recordings may be fetched")),
	FIELD("SVCSpaceSupportMode", NUMBER, MAY, N_("layers of its pictures in size")),
	FIELD("SVCTimeSupportMode", NUMBER, MAY, N_("layers of its pictures in time")),
	FIELD("StreamNumberList", TEXT, 2022, N_("the streams that it can send")),
	FIELD("MAC", TEXT, 2022, N_("its hardware address")));
#define ITEM(name_need, device)                                                        \
	FIELD("DeviceID", ID, MUST, N_("which device, region or group this item is")),    \
	FIELD("Name", TEXT, name_need, N_("its name, for people")),                       \
	FIELD("Manufacturer", TEXT, device, N_("who has made it")),                       \
	FIELD("Model", TEXT, device, N_("its model")),                                    \
	FIELD("Owner", TEXT, 2016, N_("whose it is")),                                    \
	FIELD("CivilCode", TEXT, device, N_("the administrative region that it is in")),  \
	FIELD("Block", TEXT, MAY, N_("the police district that it is in")),               \
	FIELD("Address", TEXT, device, N_("where it stands")),                            \
	WORD("Parental", device, yes, N_("whether it has channels or devices below it")), \
	FIELD("ParentID", TEXT, device, N_("what it is below; several with / between")),  \
	FIELD("SafetyWay", NUMBER, 2016, N_("how its signalling is secured")),            \
	WORD("RegisterWay", device, ways, N_("how it registers")),                        \
	FIELD("SecurityLevelCode", TEXT, 2022, N_("how its security is graded")),         \
	FIELD("CertNum", TEXT, 2016, N_("the number of its certificate")),                \
	WORD("Certifiable", 2016, yes, N_("whether its certificate is good")),            \
	FIELD("ErrCode", NUMBER, 2016, N_("why its certificate is not good")),            \
	FIELD("EndTime", TIME, 2016, N_("when its certificate ends")),                    \
	WORD("Secrecy", device, secrecy, N_("whether it is secret")),                     \
	FIELD("IPAddress", TEXT, MAY, N_("its address")),                                 \
	FIELD("Port", NUMBER, MAY, N_("its port")),                                       \
	FIELD("Password", TEXT, MAY, N_("its password, in the open")),                    \
	WORD("Status", device, switches, N_("whether it is on-line")),                    \
	PLACE(MAY),                                                                   \
	FIELD("BusinessGroupID", ID, 2022, N_("the group that it belongs to")),           \
	GROUP("Info", GROUP, MAY, item_info, N_("more of a camera"))
FIELDS(catalog_item, ITEM(MUST, DEVICE));
FIELDS(changed_item, ITEM(MAY, MAY),
	WORD("Event", MUST, events, N_("what has become of it")));
#define LIST_OF(list, item_name, fields) \
	FIELDS(list, GROUP(item_name, GROUP, MAY, fields, N_("one of the list")))
LIST_OF(catalog_list, "Item", catalog_item);
LIST_OF(changed_list, "Item", changed_item);

FIELDS(record_item,
	FIELD("DeviceID", ID, MUST, N_("the channel that was recorded")),
	FIELD("Name", TEXT, MUST, N_("its name, for people")),
	FIELD("FilePath", TEXT, MAY, N_("the recording's file")),
	FIELD("Address", TEXT, MAY, N_("where the recording lies")),
	FIELD("StartTime", TIME, MAY, N_("from when, local time")),
	FIELD("EndTime", TIME, MAY, N_("until when, local time")),
	WORD("Secrecy", MUST, secrecy, N_("whether it is secret")),
	WORD("Type", MAY, record_types, N_("why it was recorded")),
	FIELD("RecorderID", TEXT, MAY, N_("who has begun the recording")),
	FIELD("FileSize", NUMBER, MAY, N_("its size in bytes")),
	FIELD("RecordLocation", ID, 2022, N_("the device that keeps it")),
	FIELD("StreamNumber", NUMBER, 2022, N_("which stream was recorded: 0 is the main one")));
LIST_OF(record_list, "Item", record_item);
FIELDS(duty_item,
	FIELD("DeviceID", ID, MUST, N_("an alarm input")),
	WORD("DutyStatus", MUST, duties, N_("what it does")));
LIST_OF(duty_list, "Item", duty_item);
FIELDS(preset_item,
	FIELD("PresetID", NUMBER, MUST, N_("the number by which it is called")),
	FIELD("PresetName", TEXT, MUST, N_("its name, for people")));
LIST_OF(preset_list, "Item", preset_item);
FIELDS(position_item,
	FIELD("DeviceID", ID, MUST, N_("which device")),
	FIELD("CaptureTime", TIME, MAY, N_("when it was there")),
	PLACE(MUST),
	FIELD("Speed", REAL, MAY, N_("km/h")),
	FIELD("Direction", REAL, MAY, N_("degrees from north, clockwise")),
	FIELD("Altitude", REAL, MAY, N_("metres above the sea")),
	FIELD("Height", REAL, MAY, N_("metres above the ground")));
LIST_OF(position_list, "Item", position_item);
FIELDS(card_item,
	FIELD("ID", NUMBER, MUST, N_("the number of the card")),
	FIELD("HddName", TEXT, MUST, N_("its name")),
	FIELD("Status", TEXT, MUST, N_("ok, formatting, unformatted, idle or error")),
	FIELD("FormatProgress", NUMBER, MAY, N_("how much of it is formatted, in hundredths")),
	FIELD("Capacity", NUMBER, MUST, N_("its size in megabytes")),
	FIELD("FreeSpace", NUMBER, MUST, N_("what of it is free, in megabytes")));
LIST_OF(card_list, "Item", card_item);
FIELDS(broken_children,
	FIELD("DeviceID", ID, MAY, N_("a device below it that is broken")));
FIELDS(basic_param,
	FIELD("Name", TEXT, MAY, N_("the device's name, for people")),
	FIELD("Expiration", NUMBER, MAY, N_("for how many seconds it registers")),
	FIELD("HeartBeatInterval", NUMBER, MAY, N_("seconds from one keep-alive to the next")),
	FIELD("HeartBeatCount", NUMBER, MAY, N_("after how many lost keep-alives it counts as gone")),
	FIELD("PositionCapability", NUMBER, 2016, N_("whether it knows where it is")),
	PLACE(2016));
FIELDS(alarm_param,
	FIELD("EventType", NUMBER, MAY, N_("of who enters: into (1) or out of (2) the area")));
FIELDS(alarm_info,
	FIELD("AlarmType", NUMBER, MAY, N_("what kind of alarm; the numbers depend on AlarmMethod")),
	GROUP("AlarmTypeParam", GROUP, MAY, alarm_param, N_("more of the alarm")));
FIELDS(command_info,
	FIELD("ControlPriority", NUMBER, MAY, N_("whose commands go before others', a habit of products")),
	FIELD("AlarmMethod", TEXT, MAY, N_("alarms of which way")),
	FIELD("AlarmType", TEXT, MAY, N_("alarms of which kind")));
FIELDS(drag,
	FIELD("Length", NUMBER, MUST, N_("the window's height in pixels")),
	FIELD("Width", NUMBER, MUST, N_("the window's width in pixels")),
	FIELD("MidPointX", NUMBER, MUST, N_("the middle of the frame that was drawn, from the left")),
	FIELD("MidPointY", NUMBER, MUST, N_("the middle of the frame that was drawn, from the top")),
	FIELD("LengthX", NUMBER, MUST, N_("how wide that frame is")),
	FIELD("LengthY", NUMBER, MUST, N_("how high that frame is")));
FIELDS(home,
	WORD("Enabled", MUST, yes, N_("whether it goes back to a position by itself")),
	FIELD("ResetTime", NUMBER, MAY, N_("the delay in seconds")),
	FIELD("PresetIndex", NUMBER, MAY, N_("to which preset")));
FIELDS(precise,
	FIELD("Pan", REAL, MAY, N_("degrees from left to right")),
	FIELD("Tilt", REAL, MAY, N_("degrees from −30 (down) to 90")),
	FIELD("Zoom", REAL, MAY, N_("how much larger")));
FIELDS(upgrade,
	FIELD("Firmware", TEXT, MUST, N_("the version that it is to have")),
	FIELD("FileURL", TEXT, MUST, N_("where it is fetched")),
	FIELD("Manufacturer", TEXT, MUST, N_("who has made it")),
	FIELD("SessionID", TEXT, MUST, N_("what its result is known by")));
/* ---- commands ---- */

#define BEGIN_END(need)                                           \
	FIELD("StartTime", TIME, need, N_("from when, local time")), \
	FIELD("EndTime", TIME, need, N_("until when, local time"))

FIELDS(plain, HEAD);
FIELDS(plain_result, HEAD, RESULT(MUST));
FIELDS(device_control, HEAD,
	FIELD("PTZCmd", PTZ, MAY, N_("eight bytes that turn the camera (A.3)")),
	GROUP("PTZCmdParams", GROUP, 2022, NULL, N_("names beside PTZCmd")),
	WORD("TeleBoot", MAY, boot, N_("starts the device anew")),
	WORD("RecordCmd", MAY, record_commands, N_("records; its result is answered")),
	WORD("GuardCmd", MAY, guard_commands, N_("guards; its result is answered")),
	WORD("AlarmCmd", MAY, alarm_commands, N_("resets an alarm; its result is answered")),
	WORD("IFameCmd", MAY, frame_commands, N_("asks for a key frame; so it is spelt in 2016 and by most programs")),
	WORD("IFrameCmd", 2022, frame_commands, N_("asks for a key frame")),
	GROUP("DragZoomIn", GROUP, MAY, drag, N_("shows what is framed in full")),
	GROUP("DragZoomOut", GROUP, MAY, drag, N_("shows more around what is framed")),
	GROUP("HomePosition", GROUP, MAY, home, N_("where it goes when nobody turns it; its result is answered")),
	GROUP("PTZPreciseCtrl", GROUP, 2022, precise, N_("turns it to angles")),
	GROUP("DeviceUpgrade", GROUP, 2022, upgrade, N_("new firmware; its result is answered")),
	FIELD("FormatSDCard", NUMBER, 2022, N_("which card is formatted; 0: all")),
	WORD("TargetTrack", 2022, tracking, N_("follows something")),
	FIELD("DeviceID2", ID, 2022, N_("the camera that sees all of it")),
	GROUP("TargetArea", GROUP, 2022, drag, N_("what is to be followed")),
	FIELD("StreamNumber", NUMBER, 2022, N_("which stream is recorded")),
	GROUP("Info", GROUP, MAY, command_info, N_("more of the command")));
FIELDS(device_config, HEAD,
	GROUP("BasicParam", GROUP, MAY, basic_param, N_("name, registration and keep-alive")),
	GROUP("SVACEncodeConfig", GROUP, MAY, NULL, N_("how it codes SVAC")),
	GROUP("SVACDecodeConfig", GROUP, MAY, NULL, N_("how it decodes SVAC")),
	GROUP("SnapShotConfig", GROUP, 2022, NULL, N_("still pictures")));
FIELDS(catalog_query, HEAD, BEGIN_END(MAY));
FIELDS(record_query, HEAD, BEGIN_END(MUST),
	FIELD("FilePath", TEXT, MAY, N_("the recording's file")),
	FIELD("Address", TEXT, MAY, N_("where the recording lies")),
	WORD("Secrecy", MAY, secrecy, N_("whether it is secret")),
	WORD("Type", MAY, record_types, N_("why it was recorded")),
	FIELD("RecorderID", TEXT, MAY, N_("who has begun the recording")),
	WORD("IndistinctQuery", MAY, yes, N_("whether what is below is searched by its path alone")),
	FIELD("StreamNumber", NUMBER, 2022, N_("which stream was recorded: 0 is the main one")),
	FIELD("AlarmMethod", TEXT, 2022, N_("alarms of which way")),
	FIELD("AlarmType", TEXT, 2022, N_("alarms of which kind")));
FIELDS(alarm_query, HEAD,
	WORD("StartAlarmPriority", MAY, priorities, N_("alarms from this priority")),
	WORD("EndAlarmPriority", MAY, priorities, N_("alarms up to this priority")),
	{ "AlarmMethod", MANSCDP_WORDS, MANSCDP_MAY, N_("alarms of which way"), methods, NULL },
	FIELD("AlarmType", TEXT, MAY, N_("alarms of which kind")),
	FIELD("StartAlarmTime", TIME, MAY, N_("from when, local time")),
	FIELD("EndAlarmTime", TIME, MAY, N_("until when, local time")));
FIELDS(config_query, HEAD,
	{ "ConfigType", MANSCDP_WORDS, MANSCDP_MUST, N_("which settings; several with / between, each answered by itself"), configs, NULL });
FIELDS(position_query, HEAD,
	FIELD("Interval", NUMBER, MAY, N_("seconds from one position to the next; 5 where it is missing")));
FIELDS(cruise_query, HEAD,
	FIELD("Number", NUMBER, MUST, N_("the number of the cruise")));
FIELDS(keepalive, HEAD,
	WORD("Status", MUST, health, N_("how the sender is")),
	GROUP("Info", GROUP, MAY, broken_children, N_("what below it is broken")));
FIELDS(alarm_notify, HEAD,
	WORD("AlarmPriority", MUST, priorities, N_("how urgent it is")),
	WORD("AlarmMethod", MUST, methods, N_("how it was noticed")),
	FIELD("AlarmTime", TIME, MUST, N_("when, local time")),
	FIELD("AlarmDescription", TEXT, MAY, N_("what has happened, for people")),
	PLACE(MAY),
	GROUP("Info", GROUP, MAY, alarm_info, N_("what kind of alarm")));
FIELDS(media_status, HEAD,
	WORD("NotifyType", MUST, endings, N_("what has become of the stream")));
FIELDS(broadcast, CMD_TYPE, SN,
	FIELD("SourceID", ID, MUST, N_("who speaks")),
	FIELD("TargetID", ID, MUST, N_("the loudspeaker, which then sends an INVITE to who speaks")));
FIELDS(position_notify, CMD_TYPE, SN,
	FIELD("DeviceID", ID, MAY, N_("whom it is about: a device, a channel or a system")),
	FIELD("Time", TIME, MUST, N_("when, local time")),
	PLACE(MAY),
	FIELD("Speed", REAL, MAY, N_("km/h")),
	FIELD("Direction", REAL, MAY, N_("degrees from north, clockwise")),
	FIELD("Altitude", REAL, MAY, N_("metres above the sea")),
	SUM_NUM(2022),
	GROUP("DeviceList", LIST, 2022, position_list, N_("where each of them is")));
FIELDS(catalog_notify, HEAD,
	WORD("Status", MAY, health, N_("how the sender is")),
	SUM_NUM(MUST),
	GROUP("DeviceList", LIST, MAY, changed_list, N_("what has changed")));
FIELDS(snapshot, HEAD,
	FIELD("SessionID", TEXT, MUST, N_("what its result is known by")),
	GROUP("SnapShotList", GROUP, MUST, NULL, N_("the pictures' names")));
FIELDS(upload, HEAD, FIELD("Time", TIME, MUST, N_("when, local time")), PLACE(MAY));
FIELDS(upgrade_result, HEAD,
	FIELD("SessionID", TEXT, MUST, N_("what its result is known by")),
	RESULT(MAY),
	FIELD("UpgradeResult", TEXT, MUST, N_("whether it was done")),
	FIELD("Firmware", TEXT, MUST, N_("the version that it has now")),
	WORD("UpgradeFailedReason", MAY, upgrade_reasons, N_("why not")));
FIELDS(catalog_response, HEAD, SUM_NUM(MUST),
	GROUP("DeviceList", LIST, MAY, catalog_list, N_("items of this message; Num is their number")),
	GROUP("ExtraInfo", GROUP, MAY, NULL, N_("more")),
	GROUP("Info", GROUP, 2016, NULL, N_("more")),
	RESULT(MAY));
FIELDS(info_response, HEAD,
	FIELD("DeviceName", TEXT, MAY, N_("the device's name, for people")),
	RESULT(MUST),
	FIELD("DeviceType", TEXT, MAY, N_("what kind of device, a habit of makers")),
	FIELD("Manufacturer", TEXT, MAY, N_("who has made it")),
	FIELD("Model", TEXT, MAY, N_("its model")),
	FIELD("Firmware", TEXT, MAY, N_("the version that it has now")),
	FIELD("MaxCamera", NUMBER, MAY, N_("how many cameras it may have, a habit of makers")),
	FIELD("MaxAlarm", NUMBER, MAY, N_("how many alarm inputs it may have, a habit of makers")),
	FIELD("Channel", NUMBER, MAY, N_("how many video inputs it has")),
	GROUP("ExtraInfo", GROUP, MAY, NULL, N_("more")),
	GROUP("Info", GROUP, 2016, NULL, N_("more")));
FIELDS(status_response, HEAD, RESULT(MUST),
	WORD("Online", MUST, online, N_("whether it is on-line")),
	WORD("Status", MUST, health, N_("how it is")),
	FIELD("Reason", TEXT, MAY, N_("why it does not work")),
	WORD("Encode", MAY, switches, N_("whether it codes video")),
	WORD("Record", MAY, switches, N_("whether it records")),
	FIELD("DeviceTime", TIME, MAY, N_("what its clock says")),
	GROUP("Alarmstatus", LIST, MAY, duty_list, N_("its alarm inputs")),
	GROUP("ExtraInfo", GROUP, MAY, NULL, N_("more")),
	GROUP("Info", GROUP, 2016, NULL, N_("more")));
FIELDS(record_response, HEAD,
	FIELD("Name", TEXT, MUST, N_("its name, for people")),
	SUM_NUM(MUST),
	GROUP("RecordList", LIST, MAY, record_list, N_("recordings of this message; Num is their number")));
FIELDS(config_response, HEAD, RESULT(MUST),
	GROUP("BasicParam", GROUP, MAY, basic_param, N_("name, registration and keep-alive")),
	GROUP("VideoParamOpt", GROUP, MAY, NULL, N_("what video it can make")),
	GROUP("SVACEncodeConfig", GROUP, MAY, NULL, N_("how it codes SVAC")),
	GROUP("SVACDecodeConfig", GROUP, MAY, NULL, N_("how it decodes SVAC")));
FIELDS(preset_response, HEAD, SUM_NUM(2022),
	GROUP("PresetList", LIST, MUST, preset_list, N_("its presets; Num is their number")));
FIELDS(home_response, HEAD,
	GROUP("HomePosition", GROUP, MAY, home, N_("where it goes when nobody turns it")));
FIELDS(ptz_response, HEAD,
	FIELD("Pan", REAL, MAY, N_("degrees from left to right")),
	FIELD("Tilt", REAL, MAY, N_("degrees from −30 (down) to 90")),
	FIELD("Zoom", REAL, MAY, N_("how much larger")),
	FIELD("HorizontalFieldAngle", REAL, MAY, N_("how wide it sees, in degrees")),
	FIELD("VerticalFieldAngle", REAL, MAY, N_("how high it sees, in degrees")),
	FIELD("MaxViewDistance", REAL, MAY, N_("how far it sees, in metres")));
FIELDS(card_response, HEAD, SUM_NUM(MUST),
	GROUP("SDCardStatusInfo", LIST, MAY, card_list, N_("its cards")));

#define ROW(root, name, clause, new, text, fields) \
	{ MANSCDP_##root, name, MANSCDP_NORM clause, new, text, fields }
static const struct manscdp_command commands[] = {
	ROW(CONTROL, "DeviceControl", "A.2.3.1", false, N_("a device is to do something"), device_control),
	ROW(CONTROL, "DeviceConfig", "A.2.3.2", false, N_("a device is set up"), device_config),
	ROW(QUERY, "DeviceStatus", "A.2.4.2", false, N_("how is the device?"), plain),
	ROW(QUERY, "Catalog", "A.2.4.3", false, N_("what is there? In a SUBSCRIBE: what changes?"), catalog_query),
	ROW(QUERY, "DeviceInfo", "A.2.4.4", false, N_("what device is it?"), plain),
	ROW(QUERY, "RecordInfo", "A.2.4.5", false, N_("what was recorded?"), record_query),
	ROW(QUERY, "Alarm", "A.2.4.6", false, N_("tell of alarms from now on"), alarm_query),
	ROW(QUERY, "ConfigDownload", "A.2.4.7", false, N_("how is the device set up?"), config_query),
	ROW(QUERY, "PresetQuery", "A.2.4.8", false, N_("which presets does it have?"), plain),
	ROW(QUERY, "MobilePosition", "A.2.4.9", false, N_("tell where it is from now on"), position_query),
	ROW(QUERY, "HomePositionQuery", "A.2.4.10", true, N_("where does it go when nobody turns it?"), plain),
	ROW(QUERY, "CruiseTrackListQuery", "A.2.4.11", true, N_("which cruises does it have?"), plain),
	ROW(QUERY, "CruiseTrackQuery", "A.2.4.12", true, N_("which way is a cruise?"), cruise_query),
	ROW(QUERY, "PTZPosition", "A.2.4.13", true, N_("where does it look?"), plain),
	ROW(QUERY, "SDCardStatus", "A.2.4.14", true, N_("how are its cards?"), plain),
	ROW(NOTIFY, "Keepalive", "A.2.5.2", false, N_("the sender is still there"), keepalive),
	ROW(NOTIFY, "Alarm", "A.2.5.3", false, N_("an alarm"), alarm_notify),
	ROW(NOTIFY, "MediaStatus", "A.2.5.4", false, N_("what has become of a stream"), media_status),
	ROW(NOTIFY, "Broadcast", "A.2.5.5", false, N_("somebody wants to speak through a loudspeaker"), broadcast),
	ROW(NOTIFY, "MobilePosition", "A.2.5.6", false, N_("where it is"), position_notify),
	ROW(NOTIFY, "UploadSnapShotFinished", "A.2.5.7", true, N_("the still pictures are there"), snapshot),
	ROW(NOTIFY, "VideoUploadNotify", "A.2.5.8", true, N_("it has video to send"), upload),
	ROW(NOTIFY, "DeviceUpgradeResult", "A.2.5.9", true, N_("what has become of an upgrade"), upgrade_result),
	ROW(NOTIFY, "Catalog", "N", false, N_("what has changed in the catalogue"), catalog_notify),
	ROW(RESPONSE, "DeviceControl", "A.2.6.2", false, N_("whether a device has done something"), plain_result),
	ROW(RESPONSE, "Alarm", "A.2.6.3", false, N_("the alarm has been heard"), plain_result),
	ROW(RESPONSE, "Catalog", "A.2.6.4", false, N_("what there is"), catalog_response),
	ROW(RESPONSE, "DeviceInfo", "A.2.6.5", false, N_("what device it is"), info_response),
	ROW(RESPONSE, "DeviceStatus", "A.2.6.6", false, N_("how the device is"), status_response),
	ROW(RESPONSE, "RecordInfo", "A.2.6.7", false, N_("what was recorded"), record_response),
	ROW(RESPONSE, "DeviceConfig", "A.2.6.8", false, N_("whether the device was set up"), plain_result),
	ROW(RESPONSE, "ConfigDownload", "A.2.6.9", false, N_("how the device is set up"), config_response),
	ROW(RESPONSE, "PresetQuery", "A.2.6.10", false, N_("which presets it has"), preset_response),
	ROW(RESPONSE, "Broadcast", "A.2.6.11", false, N_("whether the loudspeaker will play"), plain_result),
	ROW(RESPONSE, "HomePositionQuery", "A.2.6.12", true, N_("where it goes when nobody turns it"), home_response),
	ROW(RESPONSE, "PTZPosition", "A.2.6.15", true, N_("where it looks"), ptz_response),
	ROW(RESPONSE, "SDCardStatus", "A.2.6.16", true, N_("how its cards are"), card_response),
};

/* Annex E: digits 11 to 13. */
static const struct manscdp_value types[] = {
	{ "111", N_("a video recorder (DVR)") }, { "112", N_("a video server") },
	{ "113", N_("an encoder") }, { "114", N_("a decoder") },
	{ "115", N_("a video matrix") }, { "116", N_("an audio matrix") },
	{ "117", N_("an alarm controller") }, { "118", N_("a network video recorder (NVR)") },
	{ "130", N_("a hybrid video recorder") }, { "131", N_("a camera") },
	{ "132", N_("a network camera") }, { "133", N_("a monitor") },
	{ "134", N_("an alarm input") }, { "135", N_("an alarm output") },
	{ "136", N_("an audio input") }, { "137", N_("a loudspeaker") },
	{ "200", N_("a platform (central signalling server)") }, { "202", N_("a media server") },
	{ "209", N_("an access gateway") }, { "215", N_("a business group") },
	{ "216", N_("a virtual organisation") },
};
/* clang-format on */

static const struct {
	const char *name, *clause, *text;
} roots[] = {
#define X(id, name, clause, text) { name, MANSCDP_NORM clause, text },
	MANSCDP_ROOTS(X)
#undef X
};

const char *
manscdp_root_name(enum manscdp_root root)
{
	return roots[root].name;
}

const char *
manscdp_root_clause(enum manscdp_root root)
{
	return roots[root].clause;
}

const char *
manscdp_root_text(enum manscdp_root root)
{
	return roots[root].text;
}

enum manscdp_root
manscdp_root_find(struct str name)
{
	return (enum manscdp_root)ROWS_FIND(name, roots);
}

const struct manscdp_command *
manscdp_command(enum manscdp_root root, struct str name)
{
	for (size_t i = 0; i < COUNT_OF(commands); i++)
		if (commands[i].root == root && str_is(name, commands[i].name))
			return &commands[i];
	return NULL;
}

const struct manscdp_field *
manscdp_field(const struct manscdp_field *group, struct str name)
{
	for (; group != NULL && group->name != NULL; group++)
		if (str_is(name, group->name))
			return group;
	return NULL;
}

const char *
manscdp_id_text(struct str id)
{
	size_t i;

	for (i = 0; i < id.n; i++)
		if (!chr_is_digit(id.p[i]))
			return NULL;
	if (id.n > 0 && id.n <= 8 && id.n % 2 == 0)
		return N_("an administrative region");
	i = ROWS_FIND(str_slice(id, 10, 13), types);
	if (id.n == 20 && i < COUNT_OF(types))
		return types[i].text;
	return NULL;
}

const char *
manscdp_fault_words(enum manscdp_fault fault)
{
	static const char *const words[] = { MANSCDP_FAULTS(ROW_WORD) };

	return words[fault];
}

static const struct {
	const char *word, *text;
} findings[] = { MANSCDP_FINDINGS(ROW_VALUES) };

const char *
manscdp_finding_word(enum manscdp_finding_kind kind)
{
	return findings[kind].word;
}

const char *
manscdp_finding_text(enum manscdp_finding_kind kind)
{
	return findings[kind].text;
}
