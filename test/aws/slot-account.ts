import { revisionOf, type FakeService, type SlotAccount } from "./slots.ts";

const elb = "arn:aws:elasticloadbalancing:eu-west-1:123456789012";
const ecs = "arn:aws:ecs:eu-west-1:123456789012";

/** What `slotAccount` holds, by what tests call it. */
export interface SlotNames {
  clusterName: string;
  family: string;
  familyArn: string;
  ruleArn: string;
  testRuleArn: string;
  blueGroup: string;
  greenGroup: string;
}

export const slotNamesOf = (family: string, clusterName = "slipway-test-fleet"): SlotNames => ({
  clusterName,
  family,
  familyArn: `${ecs}:task-definition/${family}`,
  ruleArn: `${elb}:listener-rule/app/front/50dc6c495c0c9188/1/1`,
  testRuleArn: `${elb}:listener-rule/app/front/50dc6c495c0c9188/2/2`,
  blueGroup: `${elb}:targetgroup/${family}-blue/1`,
  greenGroup: `${elb}:targetgroup/${family}-green/2`,
});

/** An account in memory with one service in two slots: revision 13 with all traffic in blue, 12 stopped in green, 14 the newest. */
export function slotAccount(
  family: string,
  cluster?: string,
): SlotAccount & { services: Map<string, FakeService>; rules: Map<string, Record<string, number>> } {
  const { clusterName, familyArn, ruleArn, testRuleArn, blueGroup, greenGroup } = slotNamesOf(family, cluster);
  const slot = (
    color: string,
    revision: number,
    desiredCount: number,
    targetGroupArn: string,
  ): [string, FakeService] => {
    const name = `${family}-${color}`;
    const arn = `${ecs}:service/${clusterName}/${name}`;
    return [
      `${clusterName} ${name}`,
      { arn, taskDefinition: `${familyArn}:${revision}`, desiredCount, targetGroupArn },
    ];
  };
  const services = new Map([slot("blue", 13, 3, blueGroup), slot("green", 12, 0, greenGroup)]);
  const rules = new Map([ruleArn, testRuleArn].map((arn) => [arn, { [blueGroup]: 100, [greenGroup]: 0 }]));
  return {
    services,
    rules,
    service: (inCluster, name) => services.get(`${inCluster} ${name}`),
    setService: (inCluster, name, to) => void Object.assign(services.get(`${inCluster} ${name}`)!, to),
    rule: (arn) => rules.get(arn),
    setRule: (arn, weights) => void rules.set(arn, weights),
    revision: (name) => name.includes(family) && Number(revisionOf(name)) <= 14,
  };
}
