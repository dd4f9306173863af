package org.tidegate.examples.data;

import java.util.random.RandomGenerator;

/**
 * One company of the generated city.
 *
 * @param code its unified social credit code
 * @param name in Chinese
 * @param district six digits
 * @param size yearly turnover in yuan, heavy-tailed
 */
record Company(String code, String name, String district, long size) {
  /** Districts and county-level cities of Qingdao: code, name. */
  private static final String[][] DISTRICTS = {
    {"370202", "市南"}, {"370203", "市北"}, {"370211", "黄岛"}, {"370212", "崂山"},
    {"370213", "李沧"}, {"370214", "城阳"}, {"370215", "即墨"}, {"370281", "胶州"},
    {"370283", "平度"}, {"370285", "莱西"}
  };

  private static final String[] FIRST = {
    "海", "蓝", "远", "恒", "瑞", "鑫", "泰", "润", "东", "华", "正", "德", "盛", "新", "启", "航"
  };
  private static final String[] SECOND = {
    "洋", "达", "通", "丰", "源", "祥", "信", "和", "顺", "辰", "联", "科", "港", "岳", "凯", "诚"
  };
  private static final String[] TRADE = {
    "水产", "船舶", "物流", "进出口", "食品", "机械", "科技", "渔业", "建材", "服装", "生物", "电子"
  };

  static Company random(RandomGenerator random) {
    String[] district = DISTRICTS[random.nextInt(DISTRICTS.length)];
    String name =
        "青岛"
            + FIRST[random.nextInt(FIRST.length)]
            + SECOND[random.nextInt(SECOND.length)]
            + TRADE[random.nextInt(TRADE.length)]
            + "有限公司";
    long size = (long) Math.exp(14 + 1.6 * random.nextGaussian());
    return new Company(SocialCreditCode.random(random, district[0]), name, district[0], size);
  }
}
