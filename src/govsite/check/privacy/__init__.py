"""Personal data (个人信息) that must not be published: 条例 art. 15. `document` and `attachment` are the doors."""
